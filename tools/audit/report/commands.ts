/** A command that makes part of a table from the stacks' JSON, without anything of this project. */
export interface JqCommand {
  readonly title: string;
  /** For a shell in the folder: prints tab-separated lines. */
  readonly command: string;
  /** What it reproduces: these columns of this table, one line for each combination of their values. */
  readonly table: string;
  readonly columns: readonly string[];
  /** Only rows whose cells match, by column. */
  readonly only?: Readonly<Record<string, RegExp>>;
}

const ALL = "stacks/*.tf.json";

/** Own text of `jq` around a filter: every command prints raw text and reads all stacks. */
const jq = (filter: string, options = "-r"): string =>
  `jq ${options} '${filter}' ${ALL}`;

const PATH = '."//".metadata.path';

/** A policy kept as text: references may hold quotes, so that they go first. */
const POLICY = String.raw`gsub("\\$\\{[^}]*\\}"; "") | fromjson | .Statement[]`;

const LIST = 'if type == "array" then .[] else . end';

/** Follows a reference to an output of another stack to the number behind it. */
const NUMBER = String.raw`def number($all): tostring | if test("^\\$.*outputs\\.") then capture("outputs\\.(?<o>\\w+)").o as $o | $all[].output[$o].value // empty | tostring | if startswith("$") then capture("(?<t>\\w+)\\.(?<n>[\\w-]+)\\.(?<a>\\w+)}$") as $r | $all[].resource[$r.t][$r.n][$r.a] // empty | tostring else . end else . end;`;

/** Ten commands; `npm test` runs them and compares. */
export const JQ_COMMANDS: readonly JqCommand[] = [
  {
    title: "Every resource",
    command: jq(
      String.raw`.resource | to_entries[] | .key as $type | .value | to_entries[] | [$type + "." + .key, .value${PATH}] | @tsv`,
    ),
    table: "resources",
    columns: ["Address", "Path"],
  },
  {
    title: "Who may take which role",
    command: jq(
      `.resource.aws_iam_role // {} | .[] | ${PATH} as $path | .assume_role_policy | ${POLICY} | [$path, .Sid, (.Action | ${LIST})] | @tsv`,
    ),
    table: "trusts",
    columns: ["Path", "Statement", "Action"],
  },
  {
    title: "What each role may do",
    command: jq(
      `.resource | (.aws_iam_role_policy // {})[], (.aws_iam_policy // {})[] | .policy | ${POLICY} | .Sid as $sid | .Effect as $effect | .Action | ${LIST} | [$sid, $effect, .] | @tsv`,
    ),
    table: "permissions",
    columns: ["Statement", "Effect", "Action"],
    only: { Resource: /./ },
  },
  {
    title: "What resources let in",
    command: jq(
      `.resource[][] | select((.policy | type) == "string" and (has("role") or has("path") or has("repository") and (.policy | contains("rulePriority")) | not)) | ${PATH} as $path | .policy | ${POLICY} | .Sid as $sid | .Effect as $effect | .Action | ${LIST} | [$path, $sid, $effect, .] | @tsv`,
    ),
    table: "resource-policies",
    columns: ["Path", "Statement", "Effect", "Action"],
  },
  {
    title: "Rules of security groups",
    command: jq(
      `.resource | (.aws_vpc_security_group_ingress_rule // {})[], (.aws_vpc_security_group_egress_rule // {})[] | [${PATH}, .ip_protocol, (.from_port | tostring)] | @tsv`,
    ),
    table: "network",
    columns: ["Path", "Protocol", "Port"],
    only: { Through: /^security group rule/ },
  },
  {
    title: "Ports of network policies",
    command: jq(
      `${NUMBER} . as $all | .[].resource.kubernetes_network_policy_v1 // {} | .[] | ${PATH} as $path | .spec | (.ingress[]?.ports[]? | [$path, "in", (.protocol | ascii_downcase), (.port | number($all))]), (.egress[]?.ports[]? | [$path, "out", (.protocol | ascii_downcase), (.port | number($all))]) | @tsv`,
      "-rs",
    ),
    table: "network",
    columns: ["Path", "Direction", "Protocol", "Port"],
    only: { Through: /^network policy/, Port: /^(?!none)/ },
  },
  {
    title: "Rights in the cluster",
    command: jq(
      `.resource.kubernetes_role_v1 // {} | .[] | ${PATH} as $path | .rule[] | .verbs[] as $verb | .resources[] | [$path, $verb, .] | @tsv`,
    ),
    table: "kubernetes-permissions",
    columns: ["Path", "Permission", "On"],
    only: { Through: /^role/ },
  },
  {
    title: "Secrets that Terraform makes",
    command: jq(
      `.resource.aws_secretsmanager_secret // {} | .[] | [.name_prefix + "…", ${PATH}] | @tsv`,
    ),
    table: "secrets",
    columns: ["Secret", "Path"],
    only: { Path: /./ },
  },
  {
    title: "Providers",
    command: jq(
      `.terraform.required_providers | to_entries[] | ["Terraform provider " + .key, .value.version] | @tsv`,
    ),
    table: "versions",
    columns: ["What", "Version"],
    only: { What: /^Terraform provider/ },
  },
  {
    title: "Who reads whose state",
    command: jq(
      String.raw`(input_filename | sub("^.*/"; "") | sub("\\.tf\\.json$"; "")) as $reader | .data.terraform_remote_state // {} | keys[] | [., $reader] | @tsv`,
    ),
    table: "state",
    columns: ["Stack", "Read by"],
    only: { "Read by": /./ },
  },
];
