import { NONE, type Question, asList } from "./question";
import {
  commentedOut,
  hasKey,
  replacedInValues,
  textAt,
  withKey,
} from "./text";

const asWritten =
  (...path: string[]) =>
  (draft: string): string | undefined =>
    textAt(draft, path);

const INGRESS = ["wave", "ingress"];
const MAIL = ["wave", "mail"];
const OPEN = "open";

/** Of Wave. */
const WAVE_QUESTIONS: readonly Question[] = [
  {
    option: "host",
    value: "<name>",
    message: "Host name of Wave",
    path: ["wave", "hostname"],
  },
  {
    option: "platform-url",
    value: "<url>",
    message: "API of Seqera Platform, such as https://platform.example.com/api",
    path: ["wave", "platform", "apiUrl"],
  },
  {
    option: "pairing-cidrs",
    value: "<ranges>",
    message: "Ranges that Platform comes from: nobody else may pair",
    path: ["wave", "platform", "pairingCidrs"],
    write: asList(["wave", "platform", "pairingCidrs"]),
  },
  {
    option: "registry-secret",
    value: "<name>",
    message: "Secret with the login of Seqera's registry",
    path: ["wave", "secrets", "seqeraRegistry"],
    otherwise: asWritten("wave", "secrets", "seqeraRegistry"),
  },
  {
    option: "inbound-cidrs",
    value: "<ranges|open>",
    message:
      "Ranges that may reach Wave, compute environments included, or open: everybody, on purpose",
    path: [...INGRESS, "inboundCidrs"],
    isAsked: (draft) => hasKey(draft, INGRESS),
    write: (draft, answer) =>
      answer === OPEN
        ? withKey(
            commentedOut(draft, [...INGRESS, "inboundCidrs"]),
            [...INGRESS, "acceptOpen"],
            true,
          )
        : asList([...INGRESS, "inboundCidrs"])(
            commentedOut(draft, [...INGRESS, "acceptOpen"]),
            answer,
          ),
  },
  {
    option: "mail-domain",
    value: "<domain>",
    message: "Domain that Wave's mails come from, or none: it sends none",
    path: [...MAIL, "domain"],
    isAsked: (draft) => hasKey(draft, MAIL),
    otherwise: () => NONE,
    write: (draft, answer) =>
      answer === NONE
        ? commentedOut(draft, MAIL)
        : withKey(
            withKey(draft, [...MAIL, "domain"], answer),
            [...MAIL, "sender"],
            `wave-app@${answer}`,
          ),
  },
];

/** Of the platforms beside it. */
const OTHER_QUESTIONS: readonly Question[] = [
  {
    option: "external-id",
    value: "<id>",
    message: "External id that Platform shows for its credentials",
    path: ["computeEnv", "launcher", "externalId"],
  },
  {
    option: "domain",
    value: "<domain>",
    message: "Domain of the services",
    path: ["delivery", "domain"],
    write: (draft, answer) =>
      replacedInValues(
        draft,
        textAt(draft, ["delivery", "domain"]) ?? "",
        answer,
      ),
  },
  {
    option: "flux-url",
    value: "<url>",
    message: "Git repository of the releases",
    path: ["delivery", "flux", "url"],
  },
  {
    option: "flux-secret",
    value: "<name>",
    message: "Secret with its deploy key",
    path: ["delivery", "flux", "credential", "secret"],
    otherwise: asWritten("delivery", "flux", "credential", "secret"),
  },
  {
    option: "prefect-host",
    value: "<name>",
    message: "Host name of Prefect",
    path: ["emg", "prefect", "host"],
  },
  {
    option: "prefect-cidrs",
    value: "<ranges>",
    message: "Ranges that may reach Prefect",
    path: ["emg", "ingress", "prefectCidrs"],
    write: asList(["emg", "ingress", "prefectCidrs"]),
  },
  {
    option: "github-org",
    value: "<organization>",
    message: "Organization on GitHub whose members may log in",
    path: ["emg", "auth", "githubOrg"],
  },
  {
    option: "github-secret",
    value: "<name>",
    message: "Secret with the OAuth application of GitHub",
    path: ["emg", "auth", "githubSecret"],
    otherwise: asWritten("emg", "auth", "githubSecret"),
  },
  {
    option: "api-host",
    value: "<name>",
    message: "Host name of the EMG API, or none: it is left out",
    path: ["emg", "api", "host"],
    otherwise: () => NONE,
    write: (draft, answer) =>
      answer === NONE
        ? commentedOut(draft, ["emg", "api"])
        : withKey(draft, ["emg", "api", "host"], answer),
  },
  {
    option: "pull-secret",
    value: "<name>",
    message: "Secret with the login of the registry of its image",
    path: ["emg", "api", "pullSecret"],
    otherwise: asWritten("emg", "api", "pullSecret"),
  },
];

export const PLATFORM_QUESTIONS: readonly Question[] = [
  ...WAVE_QUESTIONS,
  ...OTHER_QUESTIONS,
];
