import { DataTerraformRemoteStateLocal } from "cdktf";
import {
  map,
  number,
  optional,
  readOutputs,
  text,
  writeOutputs,
} from "../../modules/contracts/outputs";
import { synthOne } from "../support/synth";

const outputs = {
  fileSystemId: text("Id of the file system."),
  redisPort: number("Port of Redis."),
  subnetIds: map("Subnets by zone letter."),
  cacheBucket: optional(text("Bucket of the cache.")),
};

test("an output is written under the snake case of its field, with its description", () => {
  const { output } = synthOne((stack) => {
    writeOutputs(stack, outputs, {
      fileSystemId: "fs-1",
      redisPort: 6379,
      subnetIds: { a: "subnet-1" },
    });
  });
  expect(output).toEqual({
    file_system_id: { value: "fs-1", description: "Id of the file system." },
    redis_port: { value: 6379, description: "Port of Redis." },
    subnet_ids: {
      value: { a: "subnet-1" },
      description: "Subnets by zone letter.",
    },
  });
});

test("a reader refers to the same names, and to the keys of a map that it counts on", () => {
  const { output } = synthOne((stack) => {
    const state = new DataTerraformRemoteStateLocal(stack, "data", {
      path: "data.tfstate",
    });
    const read = readOutputs(state, outputs, { subnetIds: ["b"] });
    writeOutputs(
      stack,
      { id: text("Id."), port: number("Port."), subnet: text("Subnet.") },
      {
        id: read.fileSystemId,
        port: read.redisPort,
        subnet: read.subnetIds.b ?? "",
      },
    );
  });
  const state = "data.terraform_remote_state.data.outputs";
  expect(output?.id?.value).toBe(`\${${state}.file_system_id}`);
  expect(output?.port?.value).toBe(`\${${state}.redis_port}`);
  expect(output?.subnet?.value).toBe(`\${${state}.subnet_ids.b}`);
});

test("a plan names the stack to deploy first where its state lacks an output in use, or a key of a map", () => {
  const { data } = synthOne((stack) => {
    const state = new DataTerraformRemoteStateLocal(stack, "data", {
      path: "data.tfstate",
    });
    const read = readOutputs(state, outputs, { subnetIds: ["a", "b"] });
    writeOutputs(
      stack,
      { id: text("Id."), subnet: text("Subnet.") },
      { id: read.fileSystemId, subnet: read.subnetIds.b ?? "" },
    );
  });
  const error_message = expect.stringContaining("Deploy data first") as string;
  expect(data?.terraform_remote_state?.data).toMatchObject({
    lifecycle: {
      postcondition: [
        {
          condition:
            '${length(setsubtract(["file_system_id","subnet_ids"], keys(self.outputs))) == 0}',
          error_message,
        },
        {
          condition:
            '${length(setsubtract(["a","b"], keys(try(self.outputs.subnet_ids, {})))) == 0}',
          error_message,
        },
      ],
    },
  });
});
