import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { type NoAnswer, TIMEOUTS } from "./ask";
import { type Target } from "./target";

/** Why a check failed, most likely, and what to do. */
export interface Advice {
  readonly cause: string;
  readonly fix: string;
}

/** The CLI of CDKTF deploys a stack only together with those that it builds on. */
export const DEPLOY = "npx cdktf deploy network data identity workloads";

type Adviser = (settings: Settings, target: Target) => Advice;

/** Advice on a request that got no answer at all. */
export function adviseOnSilence(
  { code, message }: NoAnswer,
  settings: Settings,
  target: Target,
): Advice {
  const found = ADVISERS.find(([codes]) => codes.test(code));
  return (
    found?.[1](settings, target) ?? {
      cause: `the connection failed: ${message}`,
      fix: "try again, and from another machine: the reason may be the network between here and Wave",
    }
  );
}

const unknownName: Adviser = ({ dns, wave }, { addresses, chosen }) => ({
  cause: `the name ${addresses.https.hostname} has no address, as far as this machine's name server knows`,
  fix: chosen
    ? "correct the address in --url or --http-url"
    : dns.hostedZoneId === undefined
      ? `make the records of the output dns_records (npx cdktf output workloads): without dns.hostedZoneId nobody else does`
      : `${DEPLOY}, which makes the alias of ${wave.hostname} in zone ${dns.hostedZoneId}; if it is there, the zone is not delegated, or the name server still remembers that there was none`,
});

const refused: Adviser = (_settings, { chosen }) =>
  chosen
    ? {
        cause: "nothing listens at the address that was named",
        fix: "start the port-forward or tunnel, and name its ports in --url and --http-url",
      }
    : {
        cause:
          "a machine is at this address, and it takes no connection: not the load balancer, which listens on 80 and 443",
        fix: "compare the name's address with the output load_balancer_hostname (npx cdktf output workloads)",
      };

const unreachable: Adviser = ({ wave: { ingress } }, { chosen }) => {
  const cause = "no connection came about, as when a firewall drops it";
  if (chosen)
    return { cause, fix: "check the address and the port that were named" };
  if (ingress.scheme === "internal")
    return {
      cause: `${cause}: the load balancer is internal`,
      fix: "run this inside the VPC or over its VPN, or through a tunnel with --url and --http-url",
    };
  return ingress.inboundCidrs.length > 0
    ? {
        cause: `${cause}: wave.ingress.inboundCidrs lets in only ${ingress.inboundCidrs.join(", ")}`,
        fix: `run this from one of these ranges, or add yours and ${DEPLOY}`,
      }
    : {
        cause,
        fix: "check the way out of this network (this command uses no proxy; the commands of the output verify_commands do), then the security groups of the load balancer",
      };
};

const silent: Adviser = ({ wave: { namespace } }) => ({
  cause: "the connection was taken, and then no answer came in time",
  fix: `see whether Wave is overloaded or waits for its stores: kubectl logs -n ${namespace} deploy/wave; a larger --timeout tells slow from dead`,
});

const otherName: Adviser = ({ wave }) => ({
  cause: `the certificate is for another name than ${wave.hostname}`,
  fix: "another machine may be at this address; else let the certificate of dns.certificateArn or dns.certificateDomains hold the name, and deploy",
});

const expired: Adviser = () => ({
  cause: "the certificate is outside its dates",
  fix: "renew it: ACM does so by itself while the validation records stand, not for an imported certificate; or set this machine's clock",
});

const untrusted: Adviser = () => ({
  cause:
    "this machine does not trust who signed the certificate: a private authority, or a proxy that opens TLS on the way",
  fix: "if the authority is yours, set NODE_EXTRA_CA_CERTS=<its certificate as PEM file> in front of the command; clients of Wave have to trust it too",
});

const noTls: Adviser = () => ({
  cause: "what listens there does not speak TLS as it should",
  fix: "check the port, and that --url of a port-forward to Wave begins with http://; else compare wave.ingress.sslPolicy with what this machine accepts",
});

const noHttp: Adviser = () => ({
  cause: "what listens there does not speak HTTP",
  fix: "check the address and the port: another program may be there",
});

const dropped: Adviser = () => ({
  cause: "the connection was closed before an answer",
  fix: "a firewall or proxy may do that, and so does an https port that is asked by http; try from another network",
});

/** Codes of Node and its TLS library, first match first. */
const ADVISERS: readonly (readonly [RegExp, Adviser])[] = [
  [/^(ENOTFOUND|EAI_\w+|ENODATA)$/, unknownName],
  [/^ECONNREFUSED$/, refused],
  [
    new RegExp(
      `^(${TIMEOUTS.connect}|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$`,
    ),
    unreachable,
  ],
  [new RegExp(`^${TIMEOUTS.answer}$`), silent],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, otherName],
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, expired],
  [/SELF_SIGNED|UNABLE_TO_|CERT_/, untrusted],
  [/^(EPROTO|ERR_SSL_.*)$/, noTls],
  [/^HPE_/, noHttp],
  [/^(ECONNRESET|EPIPE|ECONNABORTED)$/, dropped],
];
