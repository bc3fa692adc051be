import { z } from "zod";
import {
  iamRoleName,
  kubernetesName,
  positiveInt,
} from "../../settings/formats";

/** A statement of IAM; the rules know the stores that a resource may name. */
const statementSchema = z.strictObject({
  actions: z
    .array(
      z
        .string()
        .regex(/^[a-z0-9-]+:[A-Za-z*]+$/, "an action such as s3:GetObject"),
    )
    .min(1)
    .describe("Actions."),
  resources: z
    .array(
      z
        .string()
        .regex(
          /^(\*|arn:aws(-cn|-us-gov)?:.+|(bucket|table|queue|topic)\/[\w.-]+(\/.+)?)$/,
          "an ARN, or a store of delivery.stores: bucket/<name>, bucket/<name>/*, table/<name>, table/<name>/index/*, queue/<name>, topic/<name>",
        ),
    )
    .min(1)
    .describe("ARNs, or stores of this environment by kind and name."),
  conditions: z
    .record(
      z.string().describe("an operator such as StringEquals"),
      z.record(
        z.string().describe("a condition key"),
        z.union([z.string(), z.array(z.string()).min(1)]),
      ),
    )
    .optional()
    .describe("Conditions, as in IAM's JSON."),
});

const statements = z.array(statementSchema);

const roleSchema = z.strictObject({
  statements: statements.min(1).describe("What the pods may do in AWS."),
  subjects: z
    .union([
      z.literal("namespaces"),
      z.strictObject({
        namespacePattern: z
          .string()
          .regex(
            /^[a-z0-9][a-z0-9-]{2,61}\*$/,
            "at least three characters and a * at the end, such as worker-*",
          )
          .describe(
            "Namespaces whose account deployment-runner takes the role: who may make such a namespace has it.",
          ),
      }),
    ])
    .default("namespaces")
    .describe(
      "Whose account deployment-runner takes the role: of `namespaces`, or of all namespaces of a pattern.",
    ),
  physicalName: iamRoleName
    .optional()
    .describe(
      "Name of the role, where something counts on it. Unset: made of name, environment and region.",
    ),
});

const ciSchema = z.strictObject({
  branches: z
    .array(
      z.string().regex(/^[\w][\w./-]*$/, "the name of one branch, without *"),
    )
    .default([])
    .describe("Branches whose workflows take the role."),
  environments: z
    .array(
      z
        .string()
        .regex(
          /^[\w][\w .-]*$/,
          "the name of one environment of GitHub, without *",
        ),
    )
    .default([])
    .describe(
      "Environments of GitHub whose jobs take the role, whatever their branch: let GitHub deploy to them from protected branches only.",
    ),
  statements: statements
    .default([])
    .describe(
      "What CI may do in AWS besides pushing images and charts to its repository.",
    ),
});

/** One entry of `delivery.services`. */
const serviceSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/,
      "1 to 32 characters: lower case, digits and hyphens, a letter first",
    )
    .describe("Name of the service: ui, api."),
  repository: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/,
      "<organization>/<repository>, without *",
    )
    .describe(
      "Its repository on GitHub; the last part names the repository of images in ECR.",
    ),
  repositoryId: z
    .string()
    .regex(/^\d+$/, "digits in quotes")
    .optional()
    .describe(
      "Number of the repository on GitHub, which newer repositories send in tokens.",
    ),
  namespaces: z
    .array(kubernetesName)
    .default([])
    .describe("Namespaces it runs in, which are made here: api-default."),
  podSecurity: z
    .enum(["restricted", "baseline"])
    .default("baseline")
    .describe("Pod Security of these namespaces."),
  egressPorts: z
    .array(z.int().min(1).max(65535))
    .default([443])
    .describe(
      "Ports that its pods reach outside of the cluster; those of the stores are open.",
    ),
  ecr: z
    .discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("created").default("created"),
        keepTagged: positiveInt
          .default(50)
          .describe("Tagged images to keep, the newest."),
      }),
      z.strictObject({ kind: z.literal("existing") }),
    ])
    .prefault({})
    .describe(
      "The repository of images: made here, or made by another environment of this account and region.",
    ),
  role: roleSchema.optional().describe("Role of its pods. Unset: none."),
  ci: ciSchema
    .optional()
    .describe("Role of its workflows on GitHub. Unset: none."),
});

/** Section `delivery.services`. */
export const servicesSchema = z
  .array(serviceSchema)
  .default([])
  .describe(
    "Services that are deployed, each with its namespaces, account, role, repository of images and role of CI.",
  );

/** Section `delivery.github`. */
export const githubSchema = z
  .strictObject({
    oidcProvider: z
      .enum(["ours", "existing"])
      .default("ours")
      .describe(
        "GitHub's identity provider in IAM, of which an account has one: made here, or there already.",
      ),
    organizationId: z
      .string()
      .regex(/^\d+$/, "digits in quotes")
      .optional()
      .describe(
        "Number of the organization, which newer repositories send in tokens.",
      ),
  })
  .prefault({});
