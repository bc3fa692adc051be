import {
  type Call,
  type Operation,
  AwsError,
  jsonAnswer,
  jsonOf,
} from "../call";
import { type BackupTags, need } from "./store";
import { type World, arnIn, nextId, now } from "../world";

interface Plan {
  readonly BackupPlanId: string;
  readonly BackupPlanArn: string;
  VersionId: string;
  BackupPlan: unknown;
  readonly selections: Map<string, unknown>;
}

export function planOperations(world: World, tags: BackupTags): Operation[] {
  const plans = new Map<string, Plan>();
  const planOf = ({ params }: Call): Plan => need(plans, params.plan);
  return [
    {
      name: "CreateBackupPlan",
      route: "PUT /backup/plans",
      answer: (call) => {
        const input = jsonOf(call) as {
          BackupPlan: unknown;
          BackupPlanTags?: Record<string, string>;
        };
        const id = nextId(36);
        const plan: Plan = {
          BackupPlanId: id,
          BackupPlanArn: arnIn(world, "backup", `backup-plan:${id}`),
          VersionId: nextId(12),
          BackupPlan: input.BackupPlan,
          selections: new Map(),
        };
        plans.set(id, plan);
        tags.set(plan.BackupPlanArn, input.BackupPlanTags ?? {});
        return jsonAnswer(shownPlan(plan));
      },
    },
    {
      name: "ListBackupPlans",
      route: "GET /backup/plans",
      answer: () =>
        jsonAnswer({ BackupPlansList: [...plans.values()].map(shownPlan) }),
    },
    {
      name: "GetBackupPlan",
      route: "GET /backup/plans/{plan}",
      answer: (call) => jsonAnswer(shownPlan(planOf(call))),
    },
    {
      name: "UpdateBackupPlan",
      route: "POST /backup/plans/{plan}",
      answer: (call) => {
        const plan = planOf(call);
        plan.BackupPlan = (jsonOf(call) as { BackupPlan: unknown }).BackupPlan;
        plan.VersionId = nextId(12);
        return jsonAnswer(shownPlan(plan));
      },
    },
    {
      name: "DeleteBackupPlan",
      route: "DELETE /backup/plans/{plan}",
      answer: (call) => {
        const plan = planOf(call);
        if (plan.selections.size > 0)
          throw new AwsError(
            "InvalidRequestException",
            "Related backup plan selections must be deleted prior to backup plan deletion",
          );
        plans.delete(plan.BackupPlanId);
        return jsonAnswer(shownPlan(plan));
      },
    },
    {
      name: "CreateBackupSelection",
      route: "PUT /backup/plans/{plan}/selections",
      answer: (call) => {
        const SelectionId = nextId(36);
        const { BackupSelection } = jsonOf(call) as {
          BackupSelection: unknown;
        };
        const selection = {
          SelectionId,
          BackupPlanId: call.params.plan,
          CreationDate: now(),
          BackupSelection,
        };
        planOf(call).selections.set(SelectionId, selection);
        return jsonAnswer(selection);
      },
    },
    {
      name: "GetBackupSelection",
      route: "GET /backup/plans/{plan}/selections/{selection}",
      answer: (call) =>
        jsonAnswer(need(planOf(call).selections, call.params.selection)),
    },
    {
      name: "DeleteBackupSelection",
      route: "DELETE /backup/plans/{plan}/selections/{selection}",
      answer: (call) => {
        planOf(call).selections.delete(call.params.selection ?? "");
        return jsonAnswer({});
      },
    },
  ];
}

function shownPlan(plan: Plan): object {
  return { ...plan, selections: undefined, CreationDate: now() };
}
