import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import { schemaProblems } from "../support/kubernetes-schema";

/** The chart's objects, as Helm makes them from these values. */
function rendered(privileged: boolean): unknown[] {
  const quoted = (list: readonly string[]) =>
    JSON.stringify(JSON.stringify(list));
  const text = readFileSync(
    projectFile("manifests/charts/pod-admission-policy/templates/policy.yaml"),
    "utf8",
  )
    .replace(/\{\{- \/\*[^]*?-\}\}/, "")
    .replaceAll("{{ .Release.Namespace }}", "tower-nf")
    .replace(
      "{{ .Values.serviceAccounts | toJson | quote }}",
      quoted(["head", "task"]),
    )
    .replace("{{ .Values.closedSecrets | toJson | quote }}", quoted(["logins"]))
    .replace(
      / +\{\{- if not \.Values\.privileged \}\}\n([^]*?) +\{\{- end \}\}\n/,
      privileged ? "" : "$1",
    );
  expect(text).not.toContain("{{");
  return parseAllDocuments(text).map((document) => document.toJS() as unknown);
}

interface Policy {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly failurePolicy: string;
    readonly matchConstraints: {
      readonly resourceRules: readonly { readonly operations: string[] }[];
    };
    readonly variables: readonly { name: string; expression: string }[];
    readonly validations: readonly {
      readonly expression: string;
      readonly message?: string;
      readonly messageExpression?: string;
    }[];
  };
}

const [policy, binding] = rendered(false) as [Policy, unknown];

test("the API takes policy and binding", () => {
  for (const privileged of [true, false])
    expect(schemaProblems(rendered(privileged))).toEqual([[], []]);
});

test("T-30: it looks at new pods of its namespace alone, and refuses what it cannot judge", () => {
  expect(policy.spec.failurePolicy).toBe("Fail");
  // An update of a pod that stands already, such as the end of a Job, is nobody's new pod.
  expect(policy.spec.matchConstraints.resourceRules).toEqual([
    {
      apiGroups: [""],
      apiVersions: ["v1"],
      operations: ["CREATE"],
      resources: ["pods"],
    },
  ]);
  expect(binding).toMatchObject({
    metadata: { name: policy.metadata.name },
    spec: {
      policyName: policy.metadata.name,
      validationActions: ["Deny"],
      matchResources: {
        namespaceSelector: {
          matchLabels: { "kubernetes.io/metadata.name": "tower-nf" },
        },
      },
    },
  });
});

test("T-30: accounts and Secrets are those of the values", () => {
  const variables = Object.fromEntries(
    policy.spec.variables.map(({ name, expression }) => [name, expression]),
  );
  expect(variables).toMatchObject({
    accounts: '["head","task"]',
    closed: '["logins"]',
  });
});

test("T-30: four refusals, and three where containers may be privileged", () => {
  const about = ({ spec }: Policy) =>
    spec.validations.map(({ message, messageExpression }) =>
      String(message ?? messageExpression),
    );
  const three = ["run as one of", "no folder of the node", "the logins"];
  const contains = (texts: readonly string[]) =>
    texts.map((text): unknown => expect.stringContaining(text));
  expect(about(policy)).toEqual(contains([...three, "not privileged"]));
  expect(about(rendered(true)[0] as Policy)).toEqual(contains(three));
});
