import { stateKey } from "../../../../modules/core/state/state-location";
import { type Aws, awsRequest } from "../../aws/client";
import { toXml } from "../../aws/xml";
import { labAccount } from "../../settings";
import { type Fault, type Ward } from "./fault";

const put = (aws: Aws, path: string, body: string) =>
  awsRequest(aws, "s3", { method: "PUT", path, body });

const STATE = `wave-lab-state-${labAccount}`;

const versioning = (aws: Aws, Status: string) =>
  put(
    aws,
    `/${STATE}?versioning`,
    toXml({
      VersioningConfiguration: {
        "@_xmlns": "http://s3.amazonaws.com/doc/2006-03-01/",
        Status,
      },
    }),
  );

const PUBLIC_ACCESS = toXml({
  PublicAccessBlockConfiguration: {
    "@_xmlns": "http://s3.amazonaws.com/doc/2006-03-01/",
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
});

const lockKey = ({ lab }: Ward): string =>
  `/${STATE}/${stateKey(lab.settings, "network")}.tflock`;

/** Of the bucket of the states. */
export const STATE_FAULTS: readonly Fault[] = [
  {
    name: "there is no state bucket",
    path: "backend.bucket",
    says: /there is no bucket/,
    patch: { backend: { bucket: "wave-lab-other-state" } },
  },
  {
    name: "the state bucket keeps no versions",
    path: "backend.bucket",
    says: /no versions/,
    severity: "know",
    seed: ({ lab }) => versioning(lab.aws, "Suspended"),
    fix: ({ lab }) => versioning(lab.aws, "Enabled"),
  },
  {
    name: "the state bucket is open",
    path: "backend.bucket",
    says: /public access/,
    severity: "know",
    seed: ({ lab }) =>
      awsRequest(lab.aws, "s3", {
        method: "DELETE",
        path: `/${STATE}?publicAccessBlock`,
      }),
    fix: ({ lab }) =>
      put(lab.aws, `/${STATE}?publicAccessBlock`, PUBLIC_ACCESS),
  },
  {
    name: "a state is locked",
    path: "backend.bucket",
    says: /network is locked .*ada@laptop/,
    seed: (ward) =>
      put(
        ward.lab.aws,
        lockKey(ward),
        JSON.stringify({
          ID: "11111111-2222-3333-4444-555555555555",
          Operation: "OperationTypeApply",
          Who: "ada@laptop",
          Created: "2026-11-29T04:00:00Z",
        }),
      ),
    fix: (ward) =>
      awsRequest(ward.lab.aws, "s3", { method: "DELETE", path: lockKey(ward) }),
  },
];
