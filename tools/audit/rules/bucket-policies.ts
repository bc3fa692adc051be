import { type Subject } from "../graph";
import { companionsOf } from "../reading";
import {
  isAnybody,
  namesOf,
  pins,
  principalsOf,
  statementsOf,
  texts,
} from "../policies";
import { type WrittenRule, check, allowsNone } from "../rule";
import { deniesPlainText } from "./efs";

const BUCKET = ["aws_s3_bucket"];
const POLICY = ["aws_s3_bucket_policy"];

/** Services that write logs into buckets; in China load balancers do it as accounts of AWS. */
const DELIVERY =
  /^(Service:(logging\.s3|logdelivery\.elasticloadbalancing|delivery\.logs)\.amazonaws\.com|AWS:arn:aws-cn:iam::(638102146993|037604701340):root)$/;

/** Policies of buckets. */
export const bucketPolicyRules: readonly WrittenRule[] = [
  {
    id: "bucket-policies/tls",
    sentence: "A bucket and its objects are reached through TLS only.",
    externalIds: ["prowler s3_bucket_secure_transport_policy"],
    types: BUCKET,
    ...check("aws_s3_bucket_policy.policy", (subject, graph) =>
      companionsOf(graph, subject, "aws_s3_bucket_policy", "bucket").some(
        (policy) =>
          deniesPlainText(policy, ["s3:*", "*"], 2) &&
          namesBoth(policy, subject),
      ),
    ),
  },
  {
    id: "bucket-policies/no-lock-out",
    sentence: "A bucket's policy does not lock its owner out.",
    externalIds: ["CKV_AWS_93"],
    types: POLICY,
    ...check("policy", (subject) =>
      namesOf(
        statementsOf(subject).filter(
          (one) =>
            one.Effect === "Deny" &&
            principalsOf(one).some(isAnybody) &&
            one.Condition === undefined,
        ),
      ),
    ),
  },
  {
    id: "bucket-policies/delivery",
    sentence:
      "An AWS service may write for this account only, below its own prefix.",
    types: POLICY,
    ...allowsNone(
      (one) =>
        !principalsOf(one).every((principal) => DELIVERY.test(principal)) ||
        !texts(one.Action).every((action) => action === "s3:PutObject") ||
        !texts(one.Resource).every((resource) =>
          /^arn:aws[\w-]*:s3:::[^/*]+\/[^*]+\/\*$/.test(resource),
        ) ||
        !(
          (pins(one, "aws:SourceAccount") && pins(one, "aws:SourceArn")) ||
          texts(one.Resource).every((resource) =>
            /\/AWSLogs\/\d{12}\/\*$/.test(resource),
          )
        ),
    ),
  },
];

/** Whether the TLS statement of a policy covers the bucket and its objects. */
function namesBoth(policy: Subject, { body }: Subject): boolean {
  return statementsOf(policy).some(({ Effect, Resource }) => {
    const names = texts(Resource).map((arn) => arn.split(":::")[1]);
    return (
      Effect === "Deny" &&
      names.includes(String(body.bucket)) &&
      names.includes(`${String(body.bucket)}/*`)
    );
  });
}
