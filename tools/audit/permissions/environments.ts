import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { projectFile } from "../../../modules/lib/project-file";
import {
  type Settings,
  hasComputeEnv,
  hasDelivery,
  hasEmg,
  settingsSchema,
  withDefaults,
} from "../../../modules/schema";
import { ComputeEnvStack } from "../../../modules/stacks/compute-env";
import { DataStack } from "../../../modules/stacks/data";
import { DeliveryStack } from "../../../modules/stacks/delivery";
import { EmgStack } from "../../../modules/stacks/emg";
import { IdentityStack } from "../../../modules/stacks/identity";
import { NetworkStack } from "../../../modules/stacks/network";
import { type Graph, graphOf } from "../graph";
import { isObject } from "../reading";
import {
  type Environment,
  environment,
  exampleOf,
  synthesizeWith,
} from "../synthesized";

/** An environment whose rights are shown and tested. */
export interface AuditedEnvironment {
  readonly title: string;
  readonly settings: Settings;
}

/** The examples, with every option that changes a right, by a short name. */
const CHANGES = {
  classic: {
    title: "classic: `settings/example.yaml`, with an ECR key",
    file: "example.yaml",
    change: {
      wave: {
        classic: {
          ecrKeySecret: "wave/ecr-key",
          ecrKeyUserArn: "arn:aws:iam::123456789012:user/wave-ecr",
        },
      },
    },
  },
  current: {
    title:
      "current: `settings/example-current.yaml`, with a layer cache in S3, a jump role, an external id and a web ACL",
    file: "example-current.yaml",
    change: {
      data: { buildCache: {} },
      wave: {
        current: {
          jumpRoleArn: "arn:aws:iam::123456789012:role/wave-jump",
          jumpExternalId: "jump-id",
          ecrExternalId: "ecr-id",
        },
        ingress: {
          wafAclArn:
            "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/wave/11111111-2222-3333-4444-555555555555",
        },
      },
    },
  },
  lite: {
    title: "Wave Lite: `settings/example-current.yaml` without builds",
    file: "example-current.yaml",
    change: {
      wave: { mode: "lite" },
      cluster: { nodeGroups: { build: undefined } },
    },
  },
  pipelines: {
    title:
      "pipelines: `settings/example-platforms.yaml`, with Fusion and data buckets",
    file: "example-platforms.yaml",
    change: {
      computeEnv: {
        storage: { kind: "fusion" },
        s3: { dataBuckets: ["my-data"], listAllBuckets: true },
      },
    },
  },
  services: {
    title:
      "services: `settings/example-delivery.yaml`, with image automation and external-dns",
    file: "example-delivery.yaml",
    change: {
      delivery: {
        dns: { owner: "external-dns", weight: undefined },
        flux: { imageAutomation: true, write: true },
      },
    },
  },
  prefect: {
    title: "Prefect: `settings/example-emg.yaml`",
    file: "example-emg.yaml",
    change: {},
  },
};

/** The audited environments, by a short name. */
export const auditedEnvironments = () =>
  Object.fromEntries(
    Object.entries(CHANGES).map(([key, { title, file, change }]) => [
      key,
      {
        title,
        settings: settingsSchema.parse(
          withDefaults(merged(inputOf(file), change)),
        ),
      },
    ]),
  ) as Record<keyof typeof CHANGES, AuditedEnvironment>;

const inputOf = (file: string): unknown =>
  parse(readFileSync(projectFile("settings", file), "utf8"));

/** Environments whose JSON checkov reads. */
export function auditedStacks(): Environment[] {
  const { classic, current, lite, pipelines, prefect } = auditedEnvironments();
  return [
    environment("classic", classic.settings),
    environment("current", current.settings),
    environment("lite", lite.settings),
    environment("pipelines", exampleOf("example-platforms.yaml")),
    environment("pipelines with Fusion", pipelines.settings),
    environment("services", exampleOf("example-delivery.yaml")),
    environment("Prefect", prefect.settings),
  ];
}

/** The stacks that hold roles and policies; `workloads` holds none. */
export const rightsGraph = (settings: Settings): Graph =>
  graphOf(
    synthesizeWith((app) => {
      new NetworkStack(app, settings);
      new DataStack(app, settings);
      new IdentityStack(app, settings);
      if (hasComputeEnv(settings)) new ComputeEnvStack(app, settings);
      if (hasDelivery(settings)) new DeliveryStack(app, settings);
      if (hasEmg(settings)) new EmgStack(app, settings);
    }),
  );

function merged(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  const keys = new Set([...Object.keys(base), ...Object.keys(change)]);
  return Object.fromEntries(
    [...keys]
      .map((key): [string, unknown] => [
        key,
        key in change ? merged(base[key], change[key]) : base[key],
      ])
      .filter(([, value]) => value !== undefined),
  );
}
