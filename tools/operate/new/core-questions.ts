import { partitionOf } from "../../../modules/lib/aws-partition";
import { NONE, type Question, asList } from "./question";
import { commentedOut, hasKey, textAt, withKey, withLines } from "./text";

const at = (draft: string, ...path: string[]): string =>
  textAt(draft, path) ?? "";

/** What the example says. */
const asWritten =
  (...path: string[]) =>
  (draft: string): string | undefined =>
    textAt(draft, path);

/** A role of the account, by the last part of what the example has. */
const roleOfAccount = (draft: string, example: string): string =>
  `arn:${partitionOf(at(draft, "region"))}:iam::${at(draft, "accountId")}:role/${example.split("/").at(-1) ?? ""}`;

const BACKENDS: Readonly<Record<string, (draft: string) => string>> = {
  s3: (draft) => draft,
  cloud: (draft) =>
    withLines(draft, ["backend"], () => [
      `backend: { kind: cloud, organization: "", project: ${at(draft, "name")} }`,
    ]),
  local: (draft) =>
    withLines(draft, ["backend"], () => ["backend: { kind: local }"]),
};

/** Of every environment, in the order in which they build on one another. */
export const CORE_QUESTIONS: readonly Question[] = [
  {
    option: "name",
    value: "<name>",
    message: "First part of every AWS name",
    path: ["name"],
    otherwise: asWritten("name"),
  },
  {
    option: "region",
    value: "<region>",
    message: "AWS region",
    path: ["region"],
    otherwise: asWritten("region"),
  },
  {
    option: "account-id",
    value: "<12 digits>",
    message: "AWS account",
    path: ["accountId"],
  },
  {
    option: "deployer",
    value: "<arn>",
    message: "Role or user that runs Terraform",
    path: ["access", "deployer"],
    otherwise: (draft) => roleOfAccount(draft, at(draft, "access", "deployer")),
  },
  {
    option: "admin",
    value: "<arn>",
    message: "Role or user that may look into the cluster, or none",
    path: ["access", "admins"],
    otherwise: () => NONE,
    write: (draft, answer) =>
      answer === NONE
        ? commentedOut(draft, ["access", "admins"])
        : withLines(draft, ["access", "admins"], () => [
            "  admins:",
            `    - principal: ${answer}`,
            "      policy: view",
          ]),
  },
  {
    option: "backend",
    value: "<s3|cloud|local>",
    message: "Where Terraform keeps its state",
    path: ["backend", "kind"],
    choices: Object.keys(BACKENDS),
    otherwise: () => "s3",
    write: (draft, answer) =>
      BACKENDS[answer]?.(draft) ?? withKey(draft, ["backend", "kind"], answer),
  },
  {
    option: "bucket",
    value: "<bucket>",
    message: "Bucket of the state",
    path: ["backend", "bucket"],
    otherwise: (draft) =>
      `${at(draft, "name")}-${at(draft, "environment")}-state-${at(draft, "accountId")}`,
  },
  {
    option: "organization",
    value: "<name>",
    message: "Organization of HCP Terraform",
    path: ["backend", "organization"],
  },
  {
    option: "cidr",
    value: "<range>",
    message: "Range of the VPC",
    path: ["network", "cidr"],
    otherwise: asWritten("network", "cidr"),
  },
  {
    option: "zones",
    value: "<letters>",
    message: "Zones, two or three letters between commas",
    path: ["network", "zones"],
    otherwise: () => "a,b,c",
    write: asList(["network", "zones"]),
  },
  {
    option: "api-cidrs",
    value: "<ranges>",
    message: "Ranges that may reach the cluster's API: where you deploy from",
    path: ["cluster", "endpoint", "publicCidrs"],
    write: asList(["cluster", "endpoint", "publicCidrs"]),
  },
  {
    option: "alarm-mail",
    value: "<addresses>",
    message: "Addresses that get alarms, between commas, or none",
    path: ["observability", "mail"],
    otherwise: () => NONE,
    write: (draft, answer) =>
      asList(["observability", "mail"])(draft, answer === NONE ? "" : answer),
  },
  {
    option: "certificate",
    value: "<arn>",
    message: "Certificate that exists, or none: one is requested",
    path: ["dns", "certificateArn"],
    isAsked: (draft) => hasKey(draft, ["wave"]),
    otherwise: () => NONE,
    write: (draft, answer) =>
      answer === NONE
        ? draft
        : withKey(draft, ["dns", "certificateArn"], answer),
  },
  {
    option: "hosted-zone",
    value: "<id>",
    message: "Hosted zone of the host name",
    path: ["dns", "hostedZoneId"],
  },
];
