import { type Abuse, builds, classic, current } from "./abuse";
import {
  LAYERS,
  LOGS,
  SESSION,
  THROUGH_S3,
  bucket,
  kmsKey,
  ours,
  repository,
  role,
  secret,
  ses,
  subject,
} from "./places";

const WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";
const ASSUME = "sts:AssumeRole";
const SECRET_VALUE = "secretsmanager:GetSecretValue";
const LOG_OBJECT = bucket(LOGS, "build-logs/bd-1_1.log");
const LOGS_KEY = kmsKey("data.build-logs-key");
const BUILD_REPOSITORY = repository("wave-prod/build");
const SENDER = { "ses:FromAddress": "wave-app@example.com" };
const STATE = "wave-prod-state-123456789012";

/** What tokens, Wave's server and its builds may not do, each a step beside a call that works. */
export const WORKLOAD_ABUSES: readonly Abuse[] = [
  // Tokens of the cluster.
  ...// prettier-ignore
  ([
      ["a pod with the build account takes the server's role", "token", WEB_IDENTITY, ours("wave-server"), subject("wave-build", "wave-build-sa")],
      ["the default account of Wave's namespace takes the server's role", "token", WEB_IDENTITY, ours("wave-server"), subject("wave", "default")],
      ["an account of the same name in another namespace takes the server's role", "token", WEB_IDENTITY, ours("wave-server"), subject("team-a", "wave-sa")],
      [
        "a token for another audience takes the server's role",
        "token",
        WEB_IDENTITY,
        ours("wave-server"),
        {
          ...subject("wave", "wave-sa"),
          aud: "https://kubernetes.default.svc",
        },
      ],
      ["a token without a subject takes the server's role", "token", WEB_IDENTITY, ours("wave-server"), { aud: "sts.amazonaws.com" }],
      ["a subject that only starts like Wave's takes the server's role", "token", WEB_IDENTITY, ours("wave-server"), subject("wave", "wave-sa-2")],
      ["a token of another cluster takes the server's role", "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/OTHER", WEB_IDENTITY, ours("wave-server"), {}],
      ["Wave's account takes the role of the load-balancer controller", "token", WEB_IDENTITY, ours("load-balancer-controller"), subject("wave", "wave-sa")],
      ["a pod in Wave's namespace with the controller's account name takes the controller's role", "token", WEB_IDENTITY, ours("load-balancer-controller"), subject("wave", "aws-load-balancer-controller")],
    ] as const).map(
    builds,
  ),
  ...// prettier-ignore
  ([
      ["Wave's account takes the build role", "token", WEB_IDENTITY, ours("wave-build"), subject("wave", "wave-sa")],
      ["the default account of the build namespace takes the build role", "token", WEB_IDENTITY, ours("wave-build"), subject("wave-build", "default")],
      ["a build pod takes the role of the export", "token", WEB_IDENTITY, ours("surreal-export"), subject("wave-build", "wave-build-sa")],
    ] as const).map(
    classic,
  ),
  ...// prettier-ignore
  ([
      ["a build job with its own token takes the ECR role", "token", WEB_IDENTITY, ours("wave-ecr"), subject("wave-build", "wave-build-sa")],
      ["Wave's account takes the role of the layer cache", "token", WEB_IDENTITY, ours("wave-cache"), subject("wave", "wave-sa")],
    ] as const).map(
    current,
  ),
  ...(
    [
      [
        "a pod takes the role of the EFS controller with the node agent's account",
        "token",
        WEB_IDENTITY,
        ours("efs-csi-controller"),
        subject("kube-system", "efs-csi-node-sa"),
      ],
    ] as const
  ).map(builds),
  // Role chaining.
  ...// prettier-ignore
  ([
      ["an administrator of the account takes the ECR role", "admin", ASSUME, ours("wave-ecr"), SESSION],
      ["somebody of another account takes the ECR role", "stranger", ASSUME, ours("wave-ecr"), SESSION],
      ["the server takes the ECR role under another session name", "wave-server", ASSUME, ours("wave-ecr"), { ...SESSION, "sts:RoleSessionName": "backdoor" }],
      ["the server takes the ECR role without the external id", "wave-server", ASSUME, ours("wave-ecr"), { "sts:RoleSessionName": SESSION["sts:RoleSessionName"] }],
      ["the server takes the ECR role with another external id", "wave-server", ASSUME, ours("wave-ecr"), { ...SESSION, "sts:ExternalId": "guess" }],
      ["a build job with the cache role goes on to the ECR role", "wave-cache", ASSUME, ours("wave-ecr"), SESSION],
      ["the ECR role goes back to the server's role", "wave-ecr", ASSUME, ours("wave-server"), {}],
      ["a node takes the ECR role", "eks-node", ASSUME, ours("wave-ecr"), SESSION],
      ["the server takes the deployer's role", "wave-server", ASSUME, role("wave-deployer"), {}],
      ["the ECR role pushes to a repository beside the two", "wave-ecr", "ecr:PutImage", repository("wave-prod/base"), {}],
      ["the server reads the layer cache", "wave-server", "s3:GetObject", bucket(LAYERS, "layers/blobs/sha256:0"), {}],
      ["the cache role reads build logs", "wave-cache", "s3:GetObject", LOG_OBJECT, {}],
      ["the cache role writes outside its prefix", "wave-cache", "s3:PutObject", bucket(LAYERS, "other/blobs/sha256:0"), {}],
      ["the cache role uses the key of the logs", "wave-cache", "kms:Decrypt", LOGS_KEY, THROUGH_S3],
      ["the server removes a scan report", "wave-server", "s3:DeleteObject", bucket(LOGS, "scan-reports/sc-1_1"), {}],
      ["a role of the account pushes past the ECR role", "admin", "ecr:PutImage", BUILD_REPOSITORY, {}],
    ] as const).map(
    current,
  ),
  ...// prettier-ignore
  ([
      ["the build role goes on to the server's role", "wave-build", ASSUME, ours("wave-server"), {}],
      ["the build role goes on to a role of another account", "wave-build", ASSUME, "arn:aws:iam::999999999999:role/admin", {}],
      ["the build role reads build logs", "wave-build", "s3:GetObject", LOG_OBJECT, {}],
      ["the build role sends mail", "wave-build", "ses:SendRawEmail", ses("identity/example.com"), SENDER],
      ["the build role reads parameters of SSM", "wave-build", "ssm:GetParameters", "arn:aws:ssm:eu-central-1:123456789012:parameter/config/wave-1", {}],
      ["the build role reads the SurrealDB password", "wave-build", SECRET_VALUE, secret("wave-prod-surrealdb"), {}],
      ["the build role pushes to a repository beside the two", "wave-build", "ecr:PutImage", repository("wave-prod/base"), {}],
      ["the build role pushes to another environment", "wave-build", "ecr:PutImage", repository("wave-test/build"), {}],
      ["the build role pulls an image of another team", "wave-build", "ecr:BatchGetImage", repository("team-a/secret-app"), {}],
      ["the build role deletes images", "wave-build", "ecr:BatchDeleteImage", BUILD_REPOSITORY, {}],
      ["the build role makes a repository", "wave-build", "ecr:CreateRepository", repository("wave-prod/new"), {}],
      ["the build role lifts the push guard", "wave-build", "ecr:SetRepositoryPolicy", BUILD_REPOSITORY, {}],
      ["the server logs in to ECR by itself", "wave-server", "ecr:GetAuthorizationToken", "*", {}],
      ["a role of the account pushes past the build role", "admin", "ecr:PutImage", BUILD_REPOSITORY, {}],
      ["a role of the account starts an upload past the build role", "admin", "ecr:InitiateLayerUpload", repository("wave-prod/cache"), {}],
      ["another IAM user than the key's pushes", "arn:aws:iam::123456789012:user/mallory", "ecr:PutImage", BUILD_REPOSITORY, {}],
      ["the export reads earlier exports", "surreal-export", "s3:GetObject", bucket(LOGS, "surreal-exports/2026-11-20.surql"), {}],
      ["the export removes earlier exports", "surreal-export", "s3:DeleteObject", bucket(LOGS, "surreal-exports/2026-11-20.surql"), {}],
      ["the export overwrites build logs", "surreal-export", "s3:PutObject", LOG_OBJECT, {}],
      ["the export lists the bucket", "surreal-export", "s3:ListBucket", bucket(LOGS), {}],
      ["the server reads the exports of the database", "wave-server", "s3:GetObject", bucket(LOGS, "surreal-exports/2026-11-20.surql"), {}],
    ] as const).map(
    classic,
  ),
  // Wave's server.
  ...// prettier-ignore
  ([
      ["the server reads another bucket", "wave-server", "s3:GetObject", bucket("team-a-data", "build-logs/bd-1_1.log"), {}],
      ["the server reads the Terraform state", "wave-server", "s3:GetObject", bucket(STATE, "wave/prod/data.tfstate"), {}],
      ["the server reads the access logs", "wave-server", "s3:GetObject", bucket("wave-prod-access-logs-123456789012", "s3/1"), {}],
      ["the server writes at the root of its bucket", "wave-server", "s3:PutObject", bucket(LOGS, "index.html"), {}],
      ["the server writes to a prefix that only starts alike", "wave-server", "s3:PutObject", bucket(LOGS, "build-logs-2/bd-1_1.log"), {}],
      ["the server deletes build logs", "wave-server", "s3:DeleteObject", LOG_OBJECT, {}],
      ["the server deletes old versions of build logs", "wave-server", "s3:DeleteObjectVersion", LOG_OBJECT, {}],
      ["the server opens its bucket to others", "wave-server", "s3:PutBucketPolicy", bucket(LOGS), {}],
      ["the server turns versioning off", "wave-server", "s3:PutBucketVersioning", bucket(LOGS), {}],
      ["the server uses the bucket's key past S3", "wave-server", "kms:Decrypt", LOGS_KEY, {}],
      ["the server uses the bucket's key through Secrets Manager", "wave-server", "kms:Decrypt", LOGS_KEY, { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" }],
      ["the server uses the bucket's key through S3 of another region", "wave-server", "kms:Decrypt", LOGS_KEY, { "kms:ViaService": "s3.us-east-1.amazonaws.com" }],
      ["the server uses the key of the files through S3", "wave-server", "kms:Decrypt", kmsKey("data.storage-key"), THROUGH_S3],
      ["the server gives the bucket's key on by a grant", "wave-server", "kms:CreateGrant", LOGS_KEY, {}],
      ["the server schedules the bucket's key for deletion", "wave-server", "kms:ScheduleKeyDeletion", LOGS_KEY, {}],
      ["a build log is read without TLS", "wave-server", "s3:GetObject", LOG_OBJECT, { "aws:SecureTransport": "false" }],
      ["an administrator reads build logs without TLS", "admin", "s3:GetObject", LOG_OBJECT, { "aws:SecureTransport": "false" }],
      ["anybody reads build logs", "anybody", "s3:GetObject", LOG_OBJECT, {}],
      ["somebody of another account reads build logs", "stranger", "s3:GetObject", LOG_OBJECT, {}],
      ["somebody of another account uses the bucket's key", "stranger", "kms:Decrypt", LOGS_KEY, THROUGH_S3],
      ["somebody of another account pulls a built image", "stranger", "ecr:BatchGetImage", BUILD_REPOSITORY, {}],
      [
        "S3 delivers a log of somebody else's bucket",
        "logging.s3.amazonaws.com",
        "s3:PutObject",
        bucket("wave-prod-access-logs-123456789012", "s3/1"),
        {
          "aws:SourceArn": bucket("mallory"),
          "aws:SourceAccount": "123456789012",
        },
      ],
      ["S3 delivers a log for another account", "logging.s3.amazonaws.com", "s3:PutObject", bucket("wave-prod-access-logs-123456789012", "s3/1"), { "aws:SourceArn": bucket(LOGS), "aws:SourceAccount": "999999999999" }],
    ] as const).map(
    builds,
  ),
  ...// prettier-ignore
  ([
      ["the server sends as another sender of the domain", "wave-server", "ses:SendRawEmail", ses("identity/example.com"), { "ses:FromAddress": "ceo@example.com" }],
      ["the server sends from another identity", "wave-server", "ses:SendRawEmail", ses("identity/other.example"), SENDER],
      ["the server sends without saying from whom", "wave-server", "ses:SendRawEmail", ses("identity/example.com"), {}],
      ["the server verifies a domain of its own", "wave-server", "ses:CreateEmailIdentity", ses("identity/mallory.example"), {}],
      ["the server reads a password of Secrets Manager", "wave-server", SECRET_VALUE, secret("wave-prod-postgres"), {}],
      ["the server reads the login of the Seqera registry", "wave-server", SECRET_VALUE, secret("wave/cr.seqera.io"), {}],
      ["the server passes a role to an instance", "wave-server", "iam:PassRole", ours("eks-node"), { "iam:PassedToService": "ec2.amazonaws.com" }],
      ["the server gives itself more rights", "wave-server", "iam:PutRolePolicy", ours("wave-server"), {}],
      ["the server makes an access key for a user", "wave-server", "iam:CreateAccessKey", "arn:aws:iam::123456789012:user/admin", {}],
      ["the server reads the cluster", "wave-server", "eks:DescribeCluster", "arn:aws:eks:eu-central-1:123456789012:cluster/wave-prod-eks", {}],
    ] as const).map(
    builds,
  ),
];
