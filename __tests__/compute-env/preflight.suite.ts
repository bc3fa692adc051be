import {
  computeEnvExpectations,
  storageExpectations,
} from "../../modules/compute-env/preflight";
import { ACCOUNT } from "../support/compute-env";
import { conditionsOf, dataOf, preflightOf } from "../support/preflight";
import { type SettingsChange, platformsSettings } from "../support/settings";

const OFFERINGS = "aws_ec2_instance_type_offerings";
const TAGGED = "aws_resourcegroupstaggingapi_resources";

const typesOf = (change: SettingsChange = {}) =>
  preflightOf(computeEnvExpectations(platformsSettings(change)));

test("T-18: instance types are looked up before anything is made", () => {
  expect(dataOf(typesOf(), OFFERINGS)).toMatchObject([
    {
      filter: [
        {
          name: "instance-type",
          values: ["m6a.2xlarge", "m5a.2xlarge", "m6i.2xlarge"],
        },
      ],
    },
  ]);
  expect(
    conditionsOf(typesOf(), OFFERINGS).map((one) => one.error_message),
  ).toContainEqual(
    expect.stringMatching(
      /^computeEnv\.nodes\.instanceTypes has m6a\.2xlarge, which eu-central-1/,
    ),
  );
  const existing: SettingsChange = {
    computeEnv: { nodes: { kind: "existing" } },
  };
  expect(dataOf(typesOf(existing), OFFERINGS)).toEqual([]);
});

type Storage = NonNullable<SettingsChange["computeEnv"]>["storage"];
const FILES = "pipelines-prod-compute-env";
const BUCKET = `pipelines-prod-nf-work-${ACCOUNT}-eu-central-1`;
const guardOf = (storage: Storage, change: SettingsChange = {}) =>
  preflightOf(
    storageExpectations(
      platformsSettings({ ...change, computeEnv: { storage } }),
    ),
  );

test.each<[string, Storage, string[]]>([
  ["efs", { kind: "efs" }, [BUCKET]],
  ["a bucket", { kind: "fusion" }, [FILES]],
  [
    "a bucket that exists",
    { kind: "fusion", bucket: { kind: "existing", name: "my-work" } },
    [FILES, BUCKET],
  ],
  ["nfs", { kind: "nfs", server: "10.9.3.4", path: "/x" }, [FILES, BUCKET]],
  ["a claim", { kind: "claim", claimName: "lustre" }, [FILES, BUCKET]],
])(
  "T-27: with %s, storage of another kind is not deleted by a change of the settings",
  (_, storage, names) => {
    const stack = guardOf(storage);
    expect(dataOf(stack, TAGGED)).toMatchObject([
      { tag_filter: [{ key: "Name", values: names }] },
    ]);
    expect(conditionsOf(stack, TAGGED)).toEqual([
      {
        condition: "${length(self.resource_tag_mapping_list) == 0}",
        error_message: expect.stringMatching(
          /Write the storage it was made for; or, .*set retain to false/,
        ) as unknown,
      },
    ]);
  },
);

test("T-27: without retain it may go", () => {
  expect(
    dataOf(
      guardOf({ kind: "claim", claimName: "x" }, { retain: false }),
      TAGGED,
    ),
  ).toEqual([]);
});
