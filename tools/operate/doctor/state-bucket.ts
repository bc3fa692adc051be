import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  makesStateBucket,
  stateKey,
} from "../../../modules/core/state/state-location";
import { errorName } from "../aws/errors";
import { type Check, type Finding, NotAsked } from "./check";
import { type Examined, once } from "./examined";
import { objectText } from "./states";

/** The bucket of the states: there, in its region, with versions, encrypted, closed; and no stack is locked. */
export function stateBucketChecks(examined: Examined): Check[] {
  const { backend, region } = examined.settings;
  if (backend.kind !== "s3") return [];
  const { bucket } = backend;
  const s3 = examined.stateAws.client(S3Client, backend.region ?? region);
  const head = once(() => headOf(s3, bucket));
  const whereThere = async (ask: () => Promise<Finding[]>) => {
    const found = await head();
    if (found.status === 404) return [];
    if (found.status !== 200) throw new NotAsked("the bucket is not reached");
    return ask();
  };
  const know = (found: string, fix: string): Finding => ({
    path: "backend.bucket",
    found: `${bucket} ${found}`,
    fix,
    severity: "know",
  });
  const cli = (what: string) => `aws s3api ${what} --bucket ${bucket}`;
  return [
    {
      about: `state bucket ${bucket}`,
      ask: async () => place(examined, bucket, await head()),
    },
    {
      about: `versions of ${bucket}`,
      ask: () =>
        whereThere(async () => {
          const { Status } = await s3.send(
            new GetBucketVersioningCommand({ Bucket: bucket }),
          );
          return Status === "Enabled"
            ? []
            : [
                know(
                  "keeps no versions: a state that is overwritten is lost",
                  `${cli("put-bucket-versioning")} --versioning-configuration Status=Enabled`,
                ),
              ];
        }),
    },
    {
      about: `encryption of ${bucket}`,
      ask: () =>
        whereThere(async () => {
          const rules = await s3
            .send(new GetBucketEncryptionCommand({ Bucket: bucket }))
            .then(
              ({ ServerSideEncryptionConfiguration }) =>
                ServerSideEncryptionConfiguration?.Rules ?? [],
            )
            .catch(
              noneOf("ServerSideEncryptionConfigurationNotFoundError", []),
            );
          return rules.length > 0
            ? []
            : [
                know(
                  "has no encryption by default",
                  `${cli("put-bucket-encryption")} --server-side-encryption-configuration '{"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}]}'`,
                ),
              ];
        }),
    },
    {
      about: `public access to ${bucket}`,
      ask: () =>
        whereThere(async () => {
          const blocks = await s3
            .send(new GetPublicAccessBlockCommand({ Bucket: bucket }))
            .then(
              ({ PublicAccessBlockConfiguration }) =>
                PublicAccessBlockConfiguration,
            )
            .catch(noneOf("NoSuchPublicAccessBlockConfiguration", undefined));
          const closed = [
            blocks?.BlockPublicAcls,
            blocks?.IgnorePublicAcls,
            blocks?.BlockPublicPolicy,
            blocks?.RestrictPublicBuckets,
          ].every((one) => one === true);
          return closed
            ? []
            : [
                know(
                  "does not block public access",
                  `${cli("put-public-access-block")} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
                ),
              ];
        }),
    },
    ...examined.stacks.map((stack) => ({
      about: `lock of ${stack}`,
      ask: () =>
        whereThere(async () =>
          lockOf(
            stack,
            await objectText(
              s3,
              bucket,
              `${stateKey(examined.settings, stack)}.tflock`,
            ),
          ),
        ),
    })),
  ];
}

interface Head {
  readonly status: number;
  /** Of the bucket, as S3 says it. */
  readonly region?: string;
}

async function headOf(s3: S3Client, Bucket: string): Promise<Head> {
  try {
    const { BucketRegion } = await s3.send(new HeadBucketCommand({ Bucket }));
    return { status: 200, region: BucketRegion };
  } catch (error) {
    // An answer to HEAD has no body, so no name either.
    const { $metadata, $response } = error as {
      $metadata?: { httpStatusCode?: number };
      $response?: { headers?: Record<string, string> };
    };
    const status = $metadata?.httpStatusCode;
    if (status !== 301 && status !== 403 && status !== 404) throw error;
    return { status, region: $response?.headers?.["x-amz-bucket-region"] };
  }
}

function place(
  { environment, settings }: Examined,
  bucket: string,
  { status, region }: Head,
): Finding[] {
  const { backend } = settings;
  const own = backend.kind === "s3" ? backend.region : undefined;
  const wanted = own ?? settings.region;
  const stops = (path: string, found: string, fix: string): Finding[] => [
    { path, found, fix, severity: "stops" },
  ];
  if (status === 404)
    return stops(
      "backend.bucket",
      `there is no bucket ${bucket}`,
      makesStateBucket(settings)
        ? `ENVIRONMENT=${environment} npm run state, which makes it; or correct the name`
        : "let its account make it, or correct the name",
    );
  if (region !== undefined && region !== "" && region !== wanted)
    return stops(
      own === undefined ? "backend.bucket" : "backend.region",
      `${bucket} is in ${region}, and is looked for in ${wanted}`,
      `write backend.region: ${region}`,
    );
  if (status === 403)
    return stops(
      "backend.bucket",
      `${bucket} refuses this caller: it is somebody else's, or a policy keeps the caller out`,
      "choose another name, or give the caller the policies of `npm run deployer-policy` and of the state stack",
    );
  return [];
}

interface Lock {
  readonly ID?: string;
  readonly Who?: string;
  readonly Operation?: string;
  readonly Created?: string;
}

function lockOf(stack: string, text: string | undefined): Finding[] {
  if (text === undefined) return [];
  const {
    ID = "",
    Who = "somebody",
    Operation = "",
    Created = "",
  } = JSON.parse(text) as Lock;
  return [
    {
      path: "backend.bucket",
      found: `the state of ${stack} is locked since ${Created} by ${Who} (${Operation.replace("OperationType", "")})`,
      fix: `wait until that run has ended; if it was killed: terraform force-unlock ${ID}, in the folder of the stack`,
      severity: "stops",
    },
  ];
}

/** The value for an error that means that there is none. */
const noneOf =
  <T>(name: string, value: T) =>
  (error: unknown): T => {
    if (errorName(error) === name) return value;
    throw error;
  };
