import { NONE, type Question, asList, listIn } from "./question";
import { commentedOut, withKey, withLines } from "./text";

/** `a=subnet-0123=10.20.0.0/20` for each zone, as the lines of a section. */
const withSubnets =
  (kind: "private" | "public") =>
  (draft: string, answer: string): string =>
    withLines(draft, ["network", "subnets", kind], () => [
      `    ${kind}:`,
      ...listIn(answer).map((one) => {
        const [zone = "", id = "", cidr = ""] = one.split("=");
        return `      ${zone}: { id: "${id}", cidr: "${cidr}" }`.replace(
          /"([\w./-]+)"/g,
          "$1",
        );
      }),
    ]);

/** `nodegroup=general`, or none: `{}`. */
const withLabels =
  (group: "system" | "build") =>
  (draft: string, answer: string): string =>
    withKey(
      draft,
      ["cluster", "nodeSelectors", group],
      answer === NONE
        ? {}
        : Object.fromEntries(
            listIn(answer).map((one) => {
              const [key = "", ...value] = one.split("=");
              return [key, value.join("=")];
            }),
          ),
    );

/** Of a VPC and a cluster that exist. The page of existing clusters has the command that prints what they ask for. */
export const EXISTING_QUESTIONS: readonly Question[] = [
  {
    option: "vpc",
    value: "<id>",
    message: "VPC",
    path: ["network", "vpcId"],
  },
  {
    option: "vpc-cidrs",
    value: "<ranges>",
    message: "Every range of the VPC, between commas",
    path: ["network", "cidrs"],
    write: asList(["network", "cidrs"]),
  },
  {
    option: "private-subnets",
    value: "<a=id=range,…>",
    message: "Private subnets, as a=subnet-0123456789abcdef0=10.20.0.0/20,b=…",
    path: ["network", "subnets", "private"],
    write: withSubnets("private"),
  },
  {
    option: "public-subnets",
    value: "<a=id=range,…>",
    message:
      "Public subnets in the same form, or none: then the load balancer is internal",
    path: ["network", "subnets", "public"],
    otherwise: () => NONE,
    write: (draft, answer) =>
      answer === NONE
        ? withKey(
            commentedOut(draft, ["network", "subnets", "public"]),
            ["wave", "ingress", "scheme"],
            "internal",
          )
        : withSubnets("public")(draft, answer),
  },
  {
    option: "cluster",
    value: "<name>",
    message: "Cluster",
    path: ["cluster", "name"],
  },
  {
    option: "service-cidr",
    value: "<range>",
    message: "Range of its services",
    path: ["cluster", "serviceCidr"],
  },
  {
    option: "node-security-groups",
    value: "<ids>",
    message:
      "Security groups of nodes that have not the one EKS made for the cluster, or none",
    path: ["cluster", "clientSecurityGroupIds"],
    otherwise: () => NONE,
    write: (draft, answer) =>
      answer === NONE
        ? commentedOut(draft, ["cluster", "clientSecurityGroupIds"])
        : asList(["cluster", "clientSecurityGroupIds"])(draft, answer),
  },
  {
    option: "system-nodes",
    value: "<label=value>",
    message: "Label of the nodes of Wave, or none: any node",
    path: ["cluster", "nodeSelectors", "system"],
    otherwise: () => NONE,
    write: withLabels("system"),
  },
  {
    option: "build-nodes",
    value: "<label=value>",
    message: "Label of untainted x86_64 nodes for builds",
    path: ["cluster", "nodeSelectors", "build"],
    write: withLabels("build"),
  },
];
