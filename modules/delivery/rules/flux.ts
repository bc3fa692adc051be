import { pinnedProblems } from "../../core/rules/images";
import { mirrorProblems } from "../../core/rules/mirrors";
import { ecrRegistry } from "../../lib/ecr-registry";
import { type Rule, when } from "../../settings/rule";
import { type DeliverySettings } from "../settings/schema";

type DeliveryRule = Rule<DeliverySettings>;

const automationWrites: DeliveryRule = ({ delivery: { flux } }) =>
  when(flux?.imageAutomation === true && !flux.write, () => ({
    path: "delivery.flux.imageAutomation",
    given: "true, with write: false",
    allowed: "true with write: true: new tags are written into the releases",
    fix: "add write: true, with a credential that may; or remove it",
  }));

const writerLogsIn: DeliveryRule = ({ delivery: { flux } }) =>
  when(flux?.write === true && flux.credential.kind === "none", () => ({
    path: "delivery.flux.write",
    given: "true, with credential.kind none",
    allowed: "false without a credential",
    fix: "remove it, or write a credential that may write to the repository",
  }));

/** Flux takes a key over ssh:// only, and every other credential over https:// only. */
const urlOfCredential: DeliveryRule = ({ delivery: { flux } }) => {
  if (flux === undefined) return [];
  const isSsh = flux.url.startsWith("ssh://");
  const { kind } = flux.credential;
  return when(isSsh !== (kind === "ssh"), () => ({
    path: "delivery.flux.url",
    given: `"${flux.url}", with credential.kind ${kind}`,
    allowed: isSsh ? "https:// with this credential" : "ssh:// with a key",
    fix: isSsh
      ? `write ${flux.url.replace(/^ssh:\/\/[^@]+@/, "https://")}, or credential.kind: ssh`
      : `write ${flux.url.replace("https://", "ssh://git@")}, or a credential of another kind`,
  }));
};

/** Of what a VPC without internet may have: Let's Encrypt and external-dns are refused there as a whole. */
const mirrored: DeliveryRule = (settings) => {
  const { flux } = settings.delivery;
  if (flux === undefined || settings.network.proxy !== undefined) return [];
  return mirrorProblems(settings, [
    {
      path: "delivery.flux.imageRegistry",
      image: `${flux.imageRegistry}/source-controller`,
      isSet: true,
      isRepository: true,
      fix: `copy the images of the chart flux2 to ${ecrRegistry(settings.accountId, settings.region)}/fluxcd, and write that`,
    },
  ]);
};

const pinned: DeliveryRule = ({ delivery: { dns } }) =>
  pinnedProblems(
    "delivery.dns.image",
    dns.owner === "external-dns" ? dns.image : undefined,
  );

export const fluxRules = [
  automationWrites,
  writerLogsIn,
  urlOfCredential,
  mirrored,
  pinned,
];
