import { type Problem } from "../../lib/problem";
import { type Rule, eachOnce, runAll, when } from "../../settings/rule";
import { type CoreSettings } from "../settings/schema";
import { arnRule } from "./arns";

/** What the role of the nodes always has. */
const OWN = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonEC2ContainerRegistryPullOnly",
];

/** "IAM and AWS STS quotas": managed policies of a role, before it is raised. */
const MOST_POLICIES = 10;

/** Whoever runs a pod on the host network would be the administrator of the account. */
const ADMINISTRATORS = [
  "AdministratorAccess",
  "PowerUserAccess",
  "IAMFullAccess",
];

/** A role takes policies of AWS and of its own account. */
const placeOfEach: Rule<CoreSettings> = (settings) =>
  runAll(
    settings.cluster.nodePolicyArns.map((arn, index) =>
      arnRule<CoreSettings>(({ accountId }) => ({
        path: `cluster.nodePolicyArns[${index}]`,
        arn,
        account: arn.includes("::aws:") ? "aws" : accountId,
      })),
    ),
    settings,
  );

const eachAdds: Rule<CoreSettings> = ({ cluster: { nodePolicyArns } }) => [
  ...eachOnce("cluster.nodePolicyArns", nodePolicyArns),
  ...nodePolicyArns.flatMap((arn, index) =>
    problemsOf(`cluster.nodePolicyArns[${index}]`, arn),
  ),
  ...when(nodePolicyArns.length > MOST_POLICIES - OWN.length, () => ({
    path: "cluster.nodePolicyArns",
    given: `${nodePolicyArns.length} policies`,
    allowed: `at most ${MOST_POLICIES - OWN.length}: with the ${OWN.length} that nodes always have, the ${MOST_POLICIES} that IAM attaches to a role`,
    fix: "join some of them to one policy of your own",
  })),
];

function problemsOf(path: string, arn: string): Problem[] {
  const [, owner = "", name = ""] =
    /::(\w+):policy\/(?:.*\/)?(.+)$/.exec(arn) ?? [];
  const isOfAws = owner === "aws";
  return [
    ...when(isOfAws && OWN.includes(name), () => ({
      path,
      given: `"${arn}"`,
      allowed: "policies that the nodes do not have anyway",
      fix: "remove it: every node has it",
    })),
    ...when(isOfAws && ADMINISTRATORS.includes(name), () => ({
      path,
      given: `"${arn}"`,
      allowed: "a policy with the actions that an agent on the nodes needs",
      fix: "remove it, or write a narrower one: pods on the host network have what the nodes have",
    })),
  ];
}

export const nodePolicyRules = [placeOfEach, eachAdds];
