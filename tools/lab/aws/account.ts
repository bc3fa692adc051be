import { registrySecretsOf } from "../../../modules/core/registries";
import { factsOf } from "../../../modules/facts";
import { type Aws, awsRequest, iamCall, restCall, targetCall } from "./client";
import { toXml, xmlTexts } from "./xml";
import { type Settings } from "../../../modules/schema";

/** What an operator has before the first deploy: the public zone of the host name. @returns its id. */
export async function makeHostedZone(aws: Aws, name: string): Promise<string> {
  const path = "/2013-04-01/hostedzone";
  // Ids of AWS begin with Z, and the settings insist on it; moto's begin with any letter or digit.
  for (let attempt = 1; attempt <= 1000; attempt += 1) {
    const xml = await awsRequest(aws, "route53", {
      method: "POST",
      path,
      headers: { "content-type": "application/xml" },
      body: toXml({
        CreateHostedZoneRequest: {
          "@_xmlns": "https://route53.amazonaws.com/doc/2013-04-01/",
          Name: name,
          CallerReference: `lab-${attempt}`,
        },
      }),
    });
    const id = (xmlTexts(xml, "Id")[0] ?? "").replace("/hostedzone/", "");
    if (id.startsWith("Z")) return id;
    await awsRequest(aws, "route53", {
      method: "DELETE",
      path: `${path}/${id}`,
    });
  }
  throw new Error("moto made no hosted zone whose id begins with Z");
}

/** Text that every secret of the operator carries: it must turn up nowhere. */
export const canary = "lab-canary-7f3a9c";

/** What else an operator has: the roles that the settings name, and the secrets. */
export async function makeOperatorObjects(
  aws: Aws,
  { access: { deployer, admins } }: Settings,
  environments: readonly Settings[],
): Promise<void> {
  for (const arn of [deployer, ...admins.map(({ principal }) => principal)])
    await makePrincipal(aws, arn);
  for (const [name, keys] of operatorSecrets(environments))
    await targetCall(aws, "secretsmanager", "secretsmanager.CreateSecret", {
      Name: name,
      SecretString: JSON.stringify({
        ...Object.fromEntries(keys.map((key) => [key, canary])),
        ...(keys.includes("username") && { username: "lab" }),
        ...(keys.includes("accessKeyId") && { accessKeyId: "AKIALAB" }),
      }),
    });
}

/** Keys of each secret that somebody has to make, by its name. */
const operatorSecrets = (
  environments: readonly Settings[],
): ReadonlyMap<string, readonly string[]> =>
  new Map(
    environments
      .flatMap((settings) => [
        ...registrySecretsOf(settings),
        ...factsOf(settings).flatMap((facts) => facts.operatorSecrets),
      ])
      .map(({ name, keys }) => [name, keys]),
  );

async function makePrincipal(aws: Aws, arn: string): Promise<void> {
  const path = /:(role|user)(\/.*\/|\/)([^/]+)$/.exec(arn);
  const [, kind, Path = "/", name = ""] = path ?? [];
  if (kind === "user") {
    await iamCall(aws, "CreateUser", { UserName: name, Path });
    return;
  }
  await iamCall(aws, "CreateRole", {
    RoleName: name,
    Path,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { AWS: `arn:aws:iam::${aws.accountId}:root` },
        },
      ],
    }),
  });
}

/** What AWS refuses to delete while it is filled. */
export interface Stores {
  readonly buckets: readonly string[];
  readonly repositories: readonly string[];
  readonly vaults: readonly string[];
  /** What the recovery points are of, and the role that makes them. */
  readonly backedUpArn: string;
  readonly backupRoleArn: string;
}

/** Something in every store. @returns what was put where. */
export async function fillStores(aws: Aws, stores: Stores): Promise<string[]> {
  for (const bucket of stores.buckets)
    // Two versions; no delete marker, because moto cannot remove one that is the last of its key.
    for (const body of ["first", "second"])
      await awsRequest(aws, "s3", {
        method: "PUT",
        path: `/${bucket}/lab`,
        body,
      });
  for (const repositoryName of stores.repositories)
    await ecrCall(aws, "PutImage", {
      repositoryName,
      imageTag: "lab",
      imageManifest: imageManifest(),
    });
  for (const BackupVaultName of stores.vaults)
    await restCall(aws, "backup", "PUT", "/backup-jobs", {
      BackupVaultName,
      ResourceArn: stores.backedUpArn,
      IamRoleArn: stores.backupRoleArn,
    });
  return contentsOf(stores).map(({ what }) => what);
}

/** What was put where by `fillStores` and is not there any more. */
export async function missingFrom(aws: Aws, stores: Stores): Promise<string[]> {
  const missing: string[] = [];
  for (const { what, isThere } of contentsOf(stores))
    if (!(await isThere(aws).catch(() => false))) missing.push(what);
  return missing;
}

interface Content {
  readonly what: string;
  readonly isThere: (aws: Aws) => Promise<boolean>;
}

const contentsOf = ({ buckets, repositories, vaults }: Stores): Content[] => [
  ...buckets.map((bucket) => ({
    what: `object in ${bucket}`,
    isThere: async (aws: Aws) =>
      (await awsRequest(aws, "s3", {
        method: "GET",
        path: `/${bucket}/lab`,
      })) === "second",
  })),
  ...repositories.map((repositoryName) => ({
    what: `image in ${repositoryName}`,
    isThere: async (aws: Aws) => {
      const images = await ecrCall(aws, "ListImages", { repositoryName });
      return JSON.stringify(images).includes('"imageTag":"lab"');
    },
  })),
  ...vaults.map((vault) => ({
    what: `recovery point in ${vault}`,
    isThere: async (aws: Aws) => {
      const path = `/backup-vaults/${vault}/recovery-points`;
      const points = await restCall(aws, "backup", "GET", path);
      return JSON.stringify(points).includes("RecoveryPointArn");
    },
  })),
];

const ecrCall = (aws: Aws, operation: string, input: unknown) =>
  targetCall(
    aws,
    "ecr",
    `AmazonEC2ContainerRegistry_V20150921.${operation}`,
    input,
  );

function imageManifest(): string {
  const digest = `sha256:${"0".repeat(64)}`;
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.docker.distribution.manifest.v2+json",
    config: {
      mediaType: "application/vnd.docker.container.image.v1+json",
      size: 1,
      digest,
    },
    layers: [],
  });
}
