import { type PolicyDocument } from "../../../../modules/lib/policy";
import { CLUSTER_AUTOSCALER } from "../../../../modules/core/controllers/cluster-autoscaler";
import { type Aws, iamCall } from "../../aws/client";
import { AwsError, type Call, formOf } from "../../aws/services/call";
import {
  type ScalingGroup,
  instancesOf,
  nameOf,
  scalingGroupsOf,
  tagsOf,
} from "../../aws/services/eks/scaling-groups";
import { type Clusters } from "../../aws/services/eks/store";
import { xmlTexts } from "../../aws/xml";
import { type Authorize } from "../../deployer/authorize";
import { type Question, isAllowed } from "../../deployer/evaluate";

/**
 * Asks the policy of the autoscaler's role, as it was deployed, with the tags that an Auto Scaling group has. Without the
 * role everything is refused.
 */
export function autoscalerAuthorizer(moto: Aws, clusters: Clusters): Authorize {
  return async (call, operation) => {
    const question = questionOf(moto, clusters, call, operation);
    if (isAllowed(await policiesOf(moto), question)) return undefined;
    return new AwsError(
      call.service === "ec2" ? "UnauthorizedOperation" : "AccessDenied",
      `the Cluster Autoscaler is not authorized to perform ${question.action} on ${question.resource ?? "*"}`,
      403,
    );
  };
}

function questionOf(
  { region, accountId }: Aws,
  clusters: Clusters,
  call: Call,
  operation: string,
): Question {
  const action = `${call.service}:${operation}`;
  const here = `${region}:${accountId}`;
  const nodeGroup = /^\/clusters\/([^/]+)\/node-groups\/([^/]+)$/.exec(
    call.path,
  );
  if (nodeGroup)
    return {
      action,
      resource: `arn:aws:eks:${here}:nodegroup/${nodeGroup[1]}/${nodeGroup[2]}/1`,
      context: {},
    };
  const group = groupOf(clusters, call);
  if (group === undefined) return { action, context: {} };
  return {
    action,
    resource: `arn:aws:autoscaling:${here}:autoScalingGroup:1:autoScalingGroupName/${nameOf(group)}`,
    context: Object.fromEntries(
      Object.entries(tagsOf(group)).map(([key, value]) => [
        `aws:ResourceTag/${key}`,
        [value],
      ]),
    ),
  };
}

/** The group whose name or instance a request has; undefined for a list. */
function groupOf(clusters: Clusters, call: Call): ScalingGroup | undefined {
  if (call.service !== "autoscaling") return undefined;
  const form = formOf(call);
  return scalingGroupsOf(clusters).find(
    (one) =>
      nameOf(one) === form.get("AutoScalingGroupName") ||
      instancesOf(one.cluster, one.group).some(
        ({ id }) => id === form.get("InstanceId"),
      ),
  );
}

async function policiesOf(moto: Aws): Promise<PolicyDocument[]> {
  const roles = xmlTexts(await iamCall(moto, "ListRoles"), "RoleName").filter(
    (name) => name.endsWith(`-${CLUSTER_AUTOSCALER.serviceAccount}`),
  );
  const documents: PolicyDocument[] = [];
  for (const RoleName of roles) {
    const names = await iamCall(moto, "ListRolePolicies", { RoleName });
    for (const PolicyName of xmlTexts(names, "member")) {
      const xml = await iamCall(moto, "GetRolePolicy", {
        RoleName,
        PolicyName,
      });
      for (const text of xmlTexts(xml, "PolicyDocument"))
        documents.push(JSON.parse(decodeURIComponent(text)) as PolicyDocument);
    }
  }
  return documents;
}
