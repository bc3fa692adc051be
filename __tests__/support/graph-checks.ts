import { graphOf } from "../../tools/audit/graph";
import { failuresOf, evaluate } from "../../tools/audit/evaluate";
import { rules } from "../../tools/audit/rules";
import { destroyOrderProblems } from "./destroy-order";
import { type Environment } from "./environment";
import { addressesOf, dependenciesOf, stringsOf } from "./graph";
import { showFinding } from "./registers";
import { type StackJson } from "./synth";

/** One thing that holds for every environment: a line for each place where it does not. */
export type GraphCheck = (environment: Environment) => string[];

const perStack =
  (check: (stack: StackJson, id: string) => string[]): GraphCheck =>
  ({ stacks }) =>
    Object.entries(stacks).flatMap(([id, stack]) =>
      check(stack, id).map((line) => `${id}: ${line}`),
    );

/** What `terraform validate` would find. */
const noDangling = perStack((stack) => {
  const declared = new Set(addressesOf(stack));
  return [...dependenciesOf(stack)].flatMap(([from, targets]) =>
    [...targets]
      .filter((target) => !declared.has(target))
      .map((target) => `${from} → ${target}`),
  );
});

const noCycle = perStack((stack) => {
  const graph = dependenciesOf(stack);
  const done = new Set<string>();
  const cycleFrom = (address: string, trail: readonly string[]): string[] => {
    if (trail.includes(address))
      return [[...trail.slice(trail.indexOf(address)), address].join(" → ")];
    if (done.has(address)) return [];
    done.add(address);
    return [...(graph.get(address) ?? [])].flatMap((next) =>
      cycleFrom(next, [...trail, address]),
    );
  };
  return [...graph.keys()].flatMap((address) => cycleFrom(address, []));
});

const REMOTE = /data\.terraform_remote_state\.([a-z-]+)\.outputs\.(\w+)/g;

/** Outputs are read from stacks that are deployed before, and only those they write. */
const noUnwrittenOutput: GraphCheck = ({ stacks, order }) =>
  Object.entries(stacks).flatMap(([consumer, stack]) =>
    [...stringsOf(stack)].flatMap(([path, text]) =>
      [...text.matchAll(REMOTE)]
        .filter(
          ([, producer = "", output = ""]) =>
            stacks[producer]?.output?.[output] === undefined ||
            order[consumer]?.includes(producer) !== true,
        )
        .map(([reference]) => `${consumer}: ${path}: ${reference}`),
    ),
  );

/** What a plan demands of another stack's state is what that stack writes by the same settings, or no plan ever passes. */
const noUnwrittenDemand: GraphCheck = ({ stacks }) =>
  Object.entries(stacks).flatMap(([consumer, stack]) =>
    Object.entries(stack.data?.terraform_remote_state ?? {}).flatMap(
      ([producer, { lifecycle }]) =>
        demandedBy(lifecycle)
          .filter((name) => stacks[producer]?.output?.[name] === undefined)
          .map((name) => `${consumer}: ${producer} is to have ${name}`),
    ),
  );

function demandedBy(lifecycle: unknown): string[] {
  const { postcondition = [] } = (lifecycle ?? {}) as {
    postcondition?: readonly { readonly condition: string }[];
  };
  const [, names = "[]"] =
    /setsubtract\((\[.*?\]), keys\(self\.outputs\)/.exec(
      postcondition[0]?.condition ?? "",
    ) ?? [];
  return JSON.parse(names) as string[];
}

/** What crosses is written by name, and nothing of it is a secret. */
const noCrossStackReference = perStack((stack) => [
  ...Object.entries(stack.output ?? {})
    .filter(
      ([name, { sensitive }]) =>
        name.startsWith("cross-stack-output-") || sensitive === true,
    )
    .map(([name]) => `output ${name}`),
  ...[...stringsOf(stack)]
    .filter(([, text]) => text.includes("cross-stack-"))
    .map(([path]) => path),
]);

/** A token that CDKTF did not resolve stays in the JSON as its marker, and Terraform takes it for text. */
const noTokenMarker = perStack((stack) =>
  [...stringsOf(stack)]
    .filter(([, text]) => /TfToken\[|e\+298|\$\{Token\[/.test(text))
    .map(([path, text]) => `${path}: ${text}`),
);

/** Two constructs whose ids differ only in lost characters become one resource, without a word. */
const oneKeyPerConstruct: GraphCheck = ({ stacks, placed }) => {
  const key = ({ stack, address }: { stack: string; address: string }) =>
    `${stack} ${address}`;
  const written = new Set(
    Object.entries(stacks).flatMap(([stack, json]) =>
      addressesOf(json).map((address) => key({ stack, address })),
    ),
  );
  const owners = new Map<string, string>();
  return placed.flatMap((one) => {
    const first = owners.get(key(one));
    owners.set(key(one), one.path);
    if (first !== undefined) return `${first} and ${one.path} are one`;
    return written.has(key(one)) ? [] : `${one.path} is in no JSON`;
  });
};

/** Lower case, digits and hyphens: nothing that an id could lose. */
const plainIds: GraphCheck = ({ placed }) =>
  placed
    .map(({ path }) => path)
    .filter(
      (path) =>
        !/^[a-z]+(-[a-z]+)*(\/([a-z0-9][a-z0-9-]*|Default))+$/.test(path),
    );

/** Types of AWS that take no tags: what they belong to has them. */
const UNTAGGABLE: ReadonlySet<string> = new Set([
  "aws_acm_certificate_validation",
  "aws_autoscaling_group_tag",
  "aws_backup_selection",
  "aws_cloudwatch_dashboard",
  "aws_ecr_lifecycle_policy",
  "aws_ecr_repository_policy",
  "aws_efs_file_system_policy",
  "aws_efs_mount_target",
  "aws_eks_access_policy_association",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_kms_alias",
  "aws_route",
  "aws_route53_record",
  "aws_route_table_association",
  "aws_s3_bucket_cors_configuration",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_logging",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_secretsmanager_secret_version",
  "aws_sesv2_email_identity_mail_from_attributes",
  "aws_sns_topic_subscription",
  "aws_vpc_ipv4_cidr_block_association",
]);

/** Every stack's provider tags all that takes tags; what takes none is known. */
const tagged: GraphCheck = ({ stacks, placed, settings }) => {
  const untagged = placed
    .filter(
      ({ address, taggable }) =>
        address.startsWith("aws_") &&
        !taggable &&
        !UNTAGGABLE.has(address.split(".")[0] ?? ""),
    )
    .map(({ address }) => `${address} takes no tags, and is not known for it`);
  const wanted = JSON.stringify(
    settings.tags,
    Object.keys(settings.tags).sort(),
  );
  const providers = Object.entries(stacks)
    .filter(([, { provider }]) => {
      const [tags] = (provider?.aws?.[0]?.default_tags ?? []) as {
        tags: Record<string, string>;
      }[];
      const given = tags?.tags ?? {};
      return JSON.stringify(given, Object.keys(given).sort()) !== wanted;
    })
    .map(([id]) => `${id}: the provider has other tags than the settings`);
  return [...untagged, ...providers, ...untaggedNodes(stacks, settings.tags)];
};

/** What EC2 starts from a template does not take the provider's tags. */
function untaggedNodes(
  stacks: Environment["stacks"],
  tags: Readonly<Record<string, string>>,
): string[] {
  const templates = Object.values(stacks).flatMap(({ resource }) =>
    Object.entries(resource?.aws_launch_template ?? {}),
  );
  return templates.flatMap(([id, { tag_specifications }]) => {
    const kinds = (tag_specifications ?? []) as {
      resource_type: string;
      tags: Record<string, string>;
    }[];
    return ["instance", "volume", "network-interface"]
      .filter((kind) => {
        const own = kinds.find(({ resource_type }) => resource_type === kind);
        return !Object.entries(tags).every(
          ([key, value]) => own?.tags[key] === value,
        );
      })
      .map((kind) => `${id}: ${kind} without the tags of the settings`);
  });
}

const TRUSTS = rules.filter(({ id }) => id.startsWith("trusts/"));

/** The role of another account that the settings name is no resource of ours, and its trust is as exact. */
const exactTrusts: GraphCheck = ({ stacks, settings }) => {
  const jump = settings.wave?.current.jumpRoleArn;
  return failuresOf(evaluate(graphOf(stacks), TRUSTS))
    .filter(
      ({ rule, subject }) =>
        jump === undefined ||
        rule.id !== "trusts/existing-role" ||
        !String(subject.body.assume_role_policy).includes(`"${jump}"`),
    )
    .map(showFinding);
};

/** A missing value would be asked for on a terminal that is not there, while the state is locked. */
const noVariable = perStack((stack) =>
  Object.keys((stack as { variable?: object }).variable ?? {}).map(
    (name) => `variable ${name}`,
  ),
);

/** By the sentence that a test names. */
export const GRAPH_CHECKS: Readonly<Record<string, GraphCheck>> = {
  "every reference and every depends_on names something in the stack":
    noDangling,
  "no cycle": noCycle,
  "every output that is read is written by a stack deployed before":
    noUnwrittenOutput,
  "every output that a plan demands of another stack is one it writes":
    noUnwrittenDemand,
  "no automatic cross-stack output, and no sensitive one":
    noCrossStackReference,
  "no token marker": noTokenMarker,
  "every construct is one key of the JSON": oneKeyPerConstruct,
  "no id that could lose a character": plainIds,
  "SET-08: everything has the tags of the settings, or takes none": tagged,
  "every trust of a role is exact": exactTrusts,
  "no variable that a run could wait for": noVariable,
  "the order of a destroy": destroyOrderProblems,
};
