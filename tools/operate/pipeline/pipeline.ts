import { z } from "zod";
import { buildApp } from "../../../modules/app";
import { type Settings } from "../../../modules/schema";

/** What a pipeline does: everything, or what an environment that stands can change without new machines or stores. */
export type Actions = "deploy and configure" | "configure";

/** Stacks in the order of their deploy. */
export const stacksFor = (settings: Settings, actions: Actions): string[] =>
  buildApp(settings)
    .node.children.map(({ node }) => node.id)
    .filter((id) => actions !== "configure" || id !== "data");

/** What says who may use the cluster. */
const ACCESS = ["aws_eks_access_entry", "aws_eks_access_policy_association"];

const planSchema = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        type: z.string(),
        change: z.object({ actions: z.array(z.string()) }),
      }),
    )
    .default([]),
});

/**
 * Addresses that a plan of `network` changes besides who may use the cluster: nothing for `configure`.
 * @param plan As `terraform show -json` prints it.
 */
export const changesBesidesAccess = (plan: string): string[] =>
  planSchema
    .parse(JSON.parse(plan))
    .resource_changes.filter(
      ({ type, change: { actions } }) =>
        !ACCESS.includes(type) &&
        actions.some((action) => action !== "no-op" && action !== "read"),
    )
    .map(({ address, change: { actions } }) => `${actions.join()} ${address}`);

const documentSchema = z.object({
  stacks: z.array(
    z.object({
      stack: z.string(),
      state: z.string(),
      changes: z
        .array(z.object({ address: z.string(), action: z.string() }))
        .default([]),
    }),
  ),
});

/**
 * What an environment's plan changes, a line for each: stack, action and address, or `waits`. No values, which may be secret: what is
 * approved is compared by these lines with what is applied.
 * @param document What `wave-eks plan <environment> --json` prints.
 */
export const plannedChanges = (document: string): string[] =>
  documentSchema
    .parse(JSON.parse(document))
    .stacks.flatMap(({ stack, state, changes }) =>
      state === "planned"
        ? changes
            .map(({ address, action }) => `${stack} ${action} ${address}`)
            .sort()
        : [`${stack} ${state}`],
    );
