import { at, companionsOf, documentOf, first } from "../reading";
import {
  type Statement,
  IDENTITY_POLICIES,
  allowed,
  conditionsOf,
  isAnybody,
  namesOf,
  principalsOf,
  statementsOf,
  texts,
} from "../policies";
import {
  type WrittenRule,
  all,
  check,
  companion,
  customerKey,
  on,
  oneOf,
} from "../rule";

const REPOSITORY = ["aws_ecr_repository"];
const PUSH = [
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

/** Images. */
export const ecrRules: readonly WrittenRule[] = [
  {
    id: "ecr/key",
    sentence: "Images are encrypted with a customer managed key.",
    externalIds: ["CKV_AWS_136", "AWS-0033"],
    types: REPOSITORY,
    ...all(
      oneOf("encryption_configuration.encryption_type", "KMS"),
      customerKey("encryption_configuration.kms_key"),
    ),
  },
  {
    id: "ecr/lifecycle",
    sentence: "Images that no tag names any more are removed.",
    externalIds: ["prowler ecr_repositories_lifecycle_policy_enabled"],
    types: REPOSITORY,
    ...companion(
      "aws_ecr_lifecycle_policy",
      "repository",
      check("policy", ({ body }) =>
        at(documentOf(first(body, "policy")), "rules.action.type").includes(
          "expire",
        ),
      ),
    ),
  },
  {
    id: "ecr/scan",
    sentence: "Images are scanned for known weaknesses when they are pushed.",
    externalIds: ["CKV_AWS_163", "CIS-EKS 5.1.1"],
    types: REPOSITORY,
    ...on("image_scanning_configuration.scan_on_push"),
  },
  {
    id: "ecr/push-guard",
    sentence: "Where tags may change, one named role alone may push.",
    externalIds: ["CIS-EKS 5.1.2"],
    types: REPOSITORY,
    about: ({ body }) => body.image_tag_mutability !== "IMMUTABLE",
    ...check("aws_ecr_repository_policy.policy", (subject, graph) =>
      companionsOf(
        graph,
        subject,
        "aws_ecr_repository_policy",
        "repository",
      ).some((policy) =>
        statementsOf(policy).some(
          (one) =>
            one.Effect === "Deny" &&
            principalsOf(one).some(isAnybody) &&
            PUSH.every((action) => texts(one.Action).includes(action)) &&
            exempts(one),
        ),
      ),
    ),
  },
  {
    id: "ecr/named-pushers",
    sentence: "Whoever pushes images, or deletes them, names the repositories.",
    externalIds: ["CIS-EKS 5.1.2"],
    types: IDENTITY_POLICIES,
    about: (subject) => allowed(statementsOf(subject)).some(changesImages),
    ...check("policy", (subject) =>
      namesOf(
        allowed(statementsOf(subject)).filter(
          (one) =>
            changesImages(one) &&
            texts(one.Resource).some((arn) => arn.includes("*")),
        ),
      ),
    ),
  },
  {
    id: "ecr/kept-repository",
    sentence: "Terraform refuses to delete a repository, and to empty it.",
    types: REPOSITORY,
    ...all(
      on("lifecycle.prevent_destroy"),
      check("force_delete", ({ body }) => body.force_delete !== true),
    ),
  },
];

/** Whether a statement is about pushing or deleting images. */
function changesImages(one: Statement): boolean {
  return texts(one.Action).some((action) =>
    [...PUSH, "ecr:BatchDeleteImage"].includes(action),
  );
}

/** Whether a Deny spares named roles, and nobody else. */
function exempts(statement: Statement): boolean {
  const conditions = conditionsOf(statement);
  return (
    conditions.length === 1 &&
    conditions.every(
      ([operator, key, values]) =>
        /^ArnNot(Like|Equals)$/.test(operator) &&
        key === "aws:PrincipalArn" &&
        values.length > 0 &&
        values.every((value) =>
          /^(\$\{aws_iam_role\.[\w-]+\.arn\}|arn:aws[\w-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+)$/.test(
            value,
          ),
        ),
    )
  );
}
