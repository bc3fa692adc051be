import {
  type Graph,
  type Json,
  type StackJson,
  type Subject,
  targetsOf,
} from "../graph";
import { type Rule } from "../rule";
import { at, isObject, textsAt } from "../reading";

/** A rule of one resource as Terraform asks it. */
interface Assert {
  readonly rule: Rule;
  readonly subject: Subject;
  readonly condition: string;
}

/** Name of a stack's tests, below its folder. */
export const TEST_FILE = "tests/rules.tftest.json";

/**
 * Tests that ask the rules of a plan, with every provider mocked: they need Terraform and the providers' files, no account and
 * none of this project. A rule is asked of each resource that it judges and that keeps it.
 */
export function terraformTests(
  ...[stacks, graph, rules]: [
    Readonly<Record<string, StackJson>>,
    Graph,
    readonly Rule[],
  ]
): Record<string, string> {
  const asserts = assertsOf(graph, rules);
  const files: Record<string, string> = {};
  for (const [stack, json] of Object.entries(stacks)) {
    const mine = asserts.filter(({ subject }) => subject.stack === stack);
    if (mine.length === 0) continue;
    const folder = `terraform/${stack}`;
    files[`${folder}/${TEST_FILE}`] = indented(testOf(json, graph, mine));
    if (json.ephemeral !== undefined)
      files[`${folder}/${MODULE}/cdk.tf.json`] = indented(
        withoutEphemeral(json),
      );
  }
  return files;
}

const indented = (value: unknown): string =>
  `${JSON.stringify(value, null, 2)}\n`;

/** Ids of the rules that Terraform asks of a subject somewhere. */
export const askedRules = (
  graph: Graph,
  rules: readonly Rule[],
): ReadonlySet<string> =>
  new Set(assertsOf(graph, rules).map(({ rule }) => rule.id));

const assertsOf = (graph: Graph, rules: readonly Rule[]): Assert[] =>
  rules.flatMap((rule) =>
    rule.types
      .filter((type) => !type.includes("."))
      .flatMap((type) =>
        (graph.byType.get(type) ?? []).flatMap((subject) => {
          if (rule.about?.(subject, graph) === false) return [];
          const condition = rule.condition?.(subject, graph);
          return condition === undefined || rule.holds(subject, graph) !== true
            ? []
            : [{ rule, subject, condition }];
        }),
      ),
  );

/** Resources that a condition names. */
const namedIn = (condition: string, { stack }: Subject, graph: Graph) =>
  targetsOf(graph, stack, condition);

/** Where the module lies that the tests of a stack with ephemeral values plan. */
export const MODULE = "tests/without-ephemeral";

/** A stack with a text in the place of each ephemeral value, which Terraform's mocks do not open (1.11), and its state nowhere. */
const withoutEphemeral = (json: StackJson): unknown =>
  replaced({
    ...without(json, ["ephemeral"]),
    terraform: without(json.terraform ?? {}, ["backend", "cloud"]),
  });

const without = (value: Json, keys: readonly string[]): Json =>
  Object.fromEntries(
    Object.entries(value).filter(([key]) => !keys.includes(key)),
  );

function replaced(value: unknown): unknown {
  if (Array.isArray(value))
    return value.filter((one) => !isEphemeral(one)).map(replaced);
  if (isEphemeral(value)) return "in-the-place-of-a-secret";
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, replaced(one)]),
      )
    : value;
}

const isEphemeral = (value: unknown): boolean =>
  typeof value === "string" && /\bephemeral\./.test(value);

function testOf(json: StackJson, graph: Graph, asserts: readonly Assert[]) {
  const providers = Object.entries(json.provider ?? {}).map(
    ([name, configurations]) =>
      [
        name,
        configurations.map(({ alias }) =>
          alias === undefined ? {} : { alias },
        ),
      ] as const,
  );
  return {
    mock_provider: Object.fromEntries(providers),
    override_data: dataOf(json, graph),
    override_resource: [
      ...certificatesOf(json),
      ...referencesIn(asserts)
        .filter(([target]) => !target.startsWith("aws_acm_certificate."))
        .map(([target, attributes]) => ({
          target,
          override_during: "plan",
          values: Object.fromEntries(
            attributes.map((name) => [name, mocked(name, target)]),
          ),
        })),
    ],
    run: {
      rules: {
        command: "plan",
        ...(json.ephemeral && { module: { source: `./${MODULE}` } }),
        plan_options: {
          target: [
            ...new Set(
              asserts.flatMap(({ condition, subject }) =>
                namedIn(condition, subject, graph).map(
                  ({ address }) => address,
                ),
              ),
            ),
          ],
        },
        assert: asserts.map(({ rule, subject, condition }) => ({
          condition: `\${${condition}}`,
          error_message: `${rule.id} ${subject.address}: ${rule.sentence}`,
        })),
      },
    },
  };
}

/** What the conditions compare with: attributes that only an apply would know. */
function referencesIn(asserts: readonly Assert[]): [string, string[]][] {
  const found = new Map<string, Set<string>>();
  for (const { condition } of asserts)
    for (const [, target = "", name = ""] of condition.matchAll(
      / == (\w+\.[\w-]+)\.(\w+),/g,
    ))
      found.set(target, (found.get(target) ?? new Set()).add(name));
  return [...found].map(([target, names]) => [target, [...names]]);
}

/** A value of the right shape, and another for each resource. */
const mocked = (name: string, target: string): string =>
  /(^|_)arn$/.test(name)
    ? `arn:aws:${/^aws_([a-z0-9]+)/.exec(target)?.[1] ?? "mock"}:eu-central-1:123456789012:${/kms_key/.test(target) ? "key/" : ""}${target.replace(/^\w+\./, "")}`
    : target.replace(/^\w+\./, "");

/** Records that prove a certificate are made from its attributes. */
const certificatesOf = ({ resource = {} }: StackJson) =>
  Object.entries(resource.aws_acm_certificate ?? {}).map(([name, body]) => ({
    target: `aws_acm_certificate.${name}`,
    override_during: "plan",
    values: {
      domain_validation_options: [
        ...textsAt(body, "domain_name"),
        ...textsAt(body, "subject_alternative_names"),
      ].map((domain) => ({
        domain_name: domain,
        resource_record_name: `_mock.${domain}`,
        resource_record_type: "CNAME",
        resource_record_value: "mock",
      })),
    },
  }));

/** Data sources whose answers the provider checks where they are used. */
const DATA: Readonly<Record<string, Values>> = {
  aws_eks_addon_version: { version: "v1.0.0-eksbuild.1" },
  aws_caller_identity: {
    account_id: "123456789012",
    arn: "arn:aws:iam::123456789012:role/mock",
  },
};

/** Answers of the data sources, by which their conditions hold. */
const dataOf = (json: StackJson, graph: Graph) =>
  Object.entries(json.data ?? {}).flatMap(([type, ones]) =>
    Object.entries(ones).flatMap(([name, body]) => {
      const values =
        type === "terraform_remote_state"
          ? { outputs: outputsOf(json, name, graph) }
          : {
              ...DATA[type],
              ...answersOf(textsAt(body, "lifecycle.postcondition.condition")),
            };
      return Object.keys(values).length === 0
        ? []
        : [{ target: `data.${type}.${name}`, values }];
    }),
  );

/** What other stacks give: texts of the right shape in the places of what an apply makes. */
const outputsOf = (
  json: StackJson,
  stack: string,
  { outputs }: Graph,
): Record<string, unknown> => {
  const read = new Set(
    [
      ...JSON.stringify(json).matchAll(
        new RegExp(`terraform_remote_state\\.${stack}\\.outputs\\.(\\w+)`, "g"),
      ),
    ].map(([, name = ""]) => name),
  );
  const asked = JSON.stringify(
    at(json.data, `terraform_remote_state.${stack}.lifecycle.postcondition`),
  );
  return Object.fromEntries(
    [...outputs].flatMap(([key, value]) => {
      const [producer, name = ""] = key.split(".");
      return producer === stack &&
        (read.has(name) || asked.includes(`\\"${name}\\"`))
        ? [[name, given(name, value)]]
        : [];
    }),
  );
};

function given(name: string, value: unknown): unknown {
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        given(`${name}-${key}`, one),
      ]),
    );
  if (Array.isArray(value)) return value.map((one) => given(name, one));
  if (typeof value !== "string" || !value.includes("${")) return value;
  if (/_port$/.test(name)) return 6379;
  if (/_arn$/.test(name))
    return `arn:aws:mock:eu-central-1:123456789012:${name}`;
  if (/certificate_authority/.test(name)) return "bW9jaw==";
  if (/issuer|endpoint/.test(name)) return `https://${name}.example.com`;
  return name.replaceAll("_", "-");
}

/** Forms of conditions, and what makes them true. */
const ANSWERS: readonly [
  RegExp,
  (values: Values, match: string[]) => unknown,
][] = [
  [
    /^contains\(self\.(\w+), "([^"]*)"\)$/,
    (values, [, name = "", value]) => [
      ...((values[name] as unknown[] | undefined) ?? []),
      value,
    ],
  ],
  [/^self\.(\w+) == "([^"]*)"$/, (_, [, , value]) => value],
  [/^!self\.(\w+)$/, () => false],
  [/^contains\(\["([^"]*)".*, self\.(?<name>\w+)\)$/, (_, [, value]) => value],
  [
    /^endswith\("\.([^"]*)", "\.\$\{trimsuffix\(self\.(?<name>\w+), "\."\)\}"\)$/,
    (values, [, value = "", name = ""]) => {
      const found = values[name];
      const known = typeof found === "string" ? found : value;
      return value.length < known.length ? value : known;
    },
  ],
];

type Values = Record<string, unknown>;

function answersOf(conditions: readonly string[]): Values {
  const values: Values = {};
  for (const condition of conditions)
    for (const [form, answer] of ANSWERS) {
      const match = form.exec(condition.slice(2, -1));
      const name = match?.groups?.name ?? match?.[1];
      if (match && name) values[name] = answer(values, [...match]);
    }
  return values;
}
