import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import { ingressStack, valuesOf } from "../support/delivery-ingress";
import { schemaProblems } from "../support/kubernetes-schema";

/** A template's objects, as Helm makes them: text for each of its expressions. */
function rendered(
  template: string,
  texts: Readonly<Record<string, string>>,
): unknown[] {
  let text = readFileSync(
    projectFile("manifests/charts", template),
    "utf8",
  ).replace(/\{\{- \/\*[^]*?-\}\}/, "");
  for (const [expression, value] of Object.entries(texts))
    text = text.replaceAll(expression, value);
  expect(text).not.toContain("{{");
  return parseAllDocuments(text).map((document) => document.toJS() as unknown);
}

const values = valuesOf(ingressStack(), "ingress-class-params") as {
  name: string;
  spec: { group: { name: string } };
};
const policy = rendered("ingress-class-params/templates/group.yaml", {
  "{{ .Values.name }}": values.name,
  "{{ .Values.spec.group.name }}": values.spec.group.name,
}) as [
  {
    spec: { validations: { expression: string }[]; matchConstraints: unknown };
  },
  { spec: object },
];

test("C64, C17: no Ingress joins the load balancer by the name of its group, in any namespace", () => {
  expect(schemaProblems(policy)).toEqual([[], []]);
  const [{ spec }, binding] = policy;
  expect(spec.matchConstraints).toEqual({
    resourceRules: [
      {
        apiGroups: ["networking.k8s.io"],
        apiVersions: ["v1"],
        operations: ["CREATE", "UPDATE"],
        resources: ["ingresses"],
      },
    ],
  });
  const expression = spec.validations.map((one) => one.expression).join();
  expect(expression).toContain("!= 'services-prod-delivery'");
  // Else its finalizer could not be taken off, and it would stay for ever.
  expect(expression).toMatch(
    /^has\(object\.metadata\.deletionTimestamp\) \|\| /,
  );
  expect(binding.spec).toEqual({
    policyName: "delivery-ingress-group",
    validationActions: ["Deny"],
  });
});

test("C20: both issuers of Let's Encrypt, each with its own account, prove by DNS in the zone of the settings", () => {
  const template = readFileSync(
    projectFile(
      "manifests/charts/cluster-issuers/templates/cluster-issuers.yaml",
    ),
    "utf8",
  );
  const [, pairs = ""] = /\$servers := dict (.*) -\}\}/.exec(template) ?? [];
  const [prod, prodServer, staging, stagingServer] = pairs
    .split(" ")
    .map((text) => JSON.parse(text) as string);
  expect([prod, prodServer, staging, stagingServer]).toEqual([
    "letsencrypt-prod",
    "acme-v02",
    "letsencrypt-staging",
    "acme-staging-v02",
  ]);
  expect(template).toContain("hostedZoneID: {{ $.Values.hostedZoneId }}");
  expect(template).toContain("email: {{ $.Values.email }}");
  expect(template).not.toMatch(/http01|accessKeyID/);
});
