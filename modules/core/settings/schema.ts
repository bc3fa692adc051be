import { z } from "zod";
import {
  arnOf,
  awsRegion,
  certificateName,
  chartRepository,
  hostedZoneId,
  hostname,
  iamPrincipalArn,
  iamRoleArn,
  registryHost,
  secretName,
  imageReference,
} from "../../settings/formats";
import { clusterSchema } from "./cluster-schema";
import { networkSchema } from "./network-schema";
import { observabilitySchema } from "./observability-schema";

// Compiled parsers pay off from the second parse on, and a run has one: 4 ms instead of 14.
z.config({ jitless: true });

/** A role that is assumed with the credentials at hand, as Terraform's `assume_role`. */
const assumedRole = z.strictObject({
  roleArn: iamRoleArn.describe("Role to assume."),
  externalId: z
    .string()
    .regex(
      /^[\w+=,.@:/-]{2,1224}$/,
      "2 to 1224 letters, digits and _ + = , . @ : / -",
    )
    .optional()
    .describe("External id that the role's trust policy asks for."),
});

const backendSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("s3"),
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "a bucket name")
      .describe("Bucket of the state; `npm run state` makes one."),
    region: awsRegion
      .optional()
      .describe("Region of the bucket. Unset: `region`."),
    keyPrefix: z
      .string()
      .regex(/^[\w-]+(\/[\w-]+)*$/, "path segments without a slash at the ends")
      .optional()
      .describe("Unset: <name>/<environment>."),
    kmsKeyArn: arnOf("kms", ".+")
      .optional()
      .describe("Key of the state. Unset: the bucket's default."),
    assumeRole: assumedRole
      .optional()
      .describe(
        "Role that reads and writes the states, in the bucket's account. Terraform assumes it with the credentials it is started with, not with access.assumeRole. Unset: those credentials themselves.",
      ),
  }),
  z.strictObject({
    kind: z.literal("cloud"),
    organization: z
      .string()
      .regex(
        /^[A-Za-z0-9][\w-]{0,39}$/,
        "the name of an organization: at most 40 letters, digits, _ and -",
      )
      .describe("HCP Terraform organization."),
    project: z
      .string()
      .regex(
        /^[A-Za-z0-9_-][\w -]{1,38}[A-Za-z0-9_-]$/,
        "the name of a project: 3 to 40 letters, digits, spaces, _ and -",
      )
      .optional()
      .describe("Project the workspaces are made in."),
    hostname: hostname.optional().describe("Unset: app.terraform.io."),
  }),
  z.strictObject({ kind: z.literal("local") }),
]);

const chartFields = (repository: string) => ({
  repository: chartRepository
    .default(repository)
    .describe(
      "Chart repository: https://, http:// or oci://. A mirror may ask for a login where it is oci://, by `registries`, or by itself in ECR.",
    ),
  image: imageReference
    .optional()
    .describe("Mirror of the controller's image. Unset: the chart's own."),
});

/** The sections that every environment has, whatever runs in it. Defaults stand here and nowhere else. */
export const coreSections = {
  name: z
    .string()
    .regex(
      /^(?!.*--)(?!(?:sg|sthree|amzn-s3-demo)(?:-|$))[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
      "2 to 20 characters: lower case, digits and single hyphens, a letter first; not sg, sthree or amzn-s3-demo, which AWS refuses as a start",
    )
    .describe("First part of every AWS name."),
  environment: z
    .string()
    .regex(
      /^(?!.*--)[a-z][a-z0-9-]{0,10}[a-z0-9]$/,
      "2 to 12 characters: lower case, digits and single hyphens, a letter first",
    )
    .describe("Second part of every AWS name."),
  region: awsRegion.describe("AWS region; it decides the partition."),
  accountId: z
    .string()
    .regex(/^\d{12}$/, "12 digits in quotes")
    .describe(
      "The only account these stacks may touch: with credentials of another one every plan fails.",
    ),
  retain: z
    .boolean()
    .default(true)
    .describe(
      "Protect data and cluster: a destroy is refused before anything is deleted. To retire an environment: false, deploy, destroy.",
    ),
  tags: z
    .record(
      z.string().min(1).max(128).describe("a name of 1 to 128 characters"),
      z.string().max(256),
    )
    .default({})
    .describe(
      "Tags of every resource, of instances and of volumes. Instances get theirs when they start, from a launch template: a changed tag rolls every node, so leave out what changes with each deployment.",
    ),
  backend: backendSchema.describe("Where Terraform keeps its state."),
  kubeAuth: z
    .enum(["exec", "token"])
    .optional()
    .describe(
      "How Terraform logs in to Kubernetes: exec (AWS CLI) or token (ephemeral, no CLI). Unset: token with backend cloud or access.assumeRole.externalId, else exec.",
    ),
  access: z.strictObject({
    deployer: iamPrincipalArn.describe(
      "Role or user that runs Terraform, plans and applies alike. Compared with the caller at plan.",
    ),
    assumeRole: assumedRole
      .optional()
      .describe(
        "Terraform assumes access.deployer by itself, with the credentials it is started with: its roleArn is that of access.deployer. Unset: it is started with the deployer's credentials.",
      ),
    manage: z
      .boolean()
      .optional()
      .describe(
        "Make the access entries of `deployer` and `admins`. Unset: true; false with a cluster that exists, whose owner lets them in. true there: EKS refuses an entry that somebody has made already.",
      ),
    admins: z
      .array(
        z.strictObject({
          principal: iamPrincipalArn.describe("Role or user."),
          policy: z
            .enum(["cluster-admin", "admin", "edit", "view", "none"])
            .default("view")
            .describe(
              "EKS access policy, AmazonEKSClusterAdminPolicy and so on. By the EKS user guide view reads no Secrets; edit and admin read and write them. none: what bindings in the cluster give to `groups`, and nothing else.",
            ),
          namespaces: z
            .array(
              z
                .string()
                .regex(
                  /^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$/,
                  "the name of a namespace, such as api-default, or a pattern with *, such as worker-*",
                ),
            )
            .default([])
            .describe(
              "Namespaces that the policy counts in, with policy admin, edit or view. EKS does not ask whether they exist. Empty: the whole cluster.",
            ),
          groups: z
            .array(z.string().min(1))
            .default([])
            .describe("Kubernetes groups; not system:…."),
        }),
      )
      .default([])
      .describe("Who else may use the cluster."),
  }),
  iam: z
    .strictObject({
      path: z
        .string()
        .regex(
          /^\/([\w+=,.@-]+\/)*$/,
          "a path that starts and ends with a slash",
        )
        .default("/")
        .describe("Path of every role and policy."),
      permissionsBoundaryArn: arnOf("iam", ":(\\d{12}|aws):policy/.+")
        .optional()
        .describe("Permissions boundary of every role."),
    })
    .prefault({}),
  dns: z.strictObject({
    hostedZoneId: hostedZoneId
      .optional()
      .describe(
        "Zone that holds wave.hostname: gets the alias, and the records of certificate and mail. Public; a private one is enough for an internal load balancer with certificateArn and without records of mail. It is the zone of delivery.domain too, unless delivery.hostedZoneId is another one.",
      ),
    certificateArn: arnOf("acm", "[a-z0-9-]+:\\d{12}:certificate/.+")
      .optional()
      .describe("Certificate that exists already. Unset: one is requested."),
    certificateDomains: z
      .array(certificateName)
      .min(1)
      .optional()
      .describe(
        "Names the certificate holds, its own first. Unset: wave.hostname. With certificateArn the plan looks for a certificate of the first name; unset, it does not look.",
      ),
    existingAlias: z
      .boolean()
      .default(false)
      .describe(
        "The alias record of wave.hostname exists, and is not managed.",
      ),
  }),
  registries: z
    .array(
      z.strictObject({
        host: registryHost.describe(
          "Host of the registry as it stands in image names, with its port.",
        ),
        secret: secretName.describe(
          'Operator-made secret {"username", "password"}.',
        ),
      }),
    )
    .optional()
    .describe(
      "Mirrors that ask for a login. Every pod of the stacks pulls with it, builds and controllers included, and Terraform reads charts of oci:// repositories with it. ECR needs none. At most 5. Wave serves nobody's images with it: that is wave.secrets and Platform. Unset: none.",
    ),
  network: networkSchema,
  cluster: clusterSchema,
  observability: observabilitySchema,
  charts: z
    .strictObject({
      efsCsiDriver: z
        .strictObject({
          ...chartFields(
            "https://kubernetes-sigs.github.io/aws-efs-csi-driver",
          ),
          livenessProbeImage: imageReference
            .optional()
            .describe("Mirror of the sidecar livenessprobe."),
          nodeDriverRegistrarImage: imageReference
            .optional()
            .describe("Mirror of the sidecar csi-node-driver-registrar."),
          provisionerImage: imageReference
            .optional()
            .describe("Mirror of the sidecar csi-provisioner."),
        })
        .prefault({}),
      loadBalancerController: z
        .strictObject(chartFields("https://aws.github.io/eks-charts"))
        .prefault({}),
      clusterAutoscaler: z
        .strictObject({
          ...chartFields("https://kubernetes.github.io/autoscaler"),
          image: imageReference
            .optional()
            .describe(
              "Mirror of the controller's image. Unset: the release for the minor of `cluster.version`.",
            ),
        })
        .prefault({}),
    })
    .prefault({}),
};

/** The sections that every environment has, with all defaults filled in. */
export type CoreSettings = z.output<z.ZodObject<typeof coreSections>>;
