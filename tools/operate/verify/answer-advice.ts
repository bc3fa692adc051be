import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { type Answer } from "./ask";
import { type Check } from "../../../modules/wave/smoke-test/checks";
import { type Advice, DEPLOY } from "./connection-advice";

/** A wrong answer and what is known around it. */
export interface WrongAnswer {
  readonly check: Check;
  readonly answer: Answer;
  /** Other tries of the same request were answered rightly. */
  readonly nowAndThen: boolean;
}

/** One cause: undefined when it is not this one. */
type Adviser = (
  wrong: WrongAnswer,
  { wave }: Settings,
) => Advice | false | undefined;

/** Advice on an answer that is not the expected one. */
export function adviseOnAnswer(wrong: WrongAnswer, settings: Settings): Advice {
  for (const adviser of ADVISERS) {
    const advice = adviser(wrong, settings);
    if (advice) return advice;
  }
  return {
    cause:
      "the answer is not Wave's: another program, or a proxy on the way, answers at this address",
    fix: "compare the name's address with the output load_balancer_hostname (npx cdktf output workloads), and ask from another network",
  };
}

const targetHealth = ({ wave }: Settings): string =>
  `kubectl get pods -n ${wave.namespace} and kubectl describe ingress wave-ingress -n ${wave.namespace}: the annotation healthcheck-path must be /health, because Wave answers 400 on /; ${DEPLOY} puts it back`;

const someTargetsSick: Adviser = ({ nowAndThen }, settings) =>
  nowAndThen && {
    cause:
      "it works now and then: some pods fail the load balancer's health check, and when all fail it asks them all nevertheless",
    fix: `look for the sick ones: ${targetHealth(settings)}`,
  };

const storesDown: Adviser = ({ answer }, { wave }) =>
  answer.body.includes('"status":"DOWN"') && {
    cause:
      "Wave runs and finds itself unhealthy: usually a store is out of reach",
    fix: `look for Redis and the database in its log: kubectl logs -n ${wave.namespace} deploy/wave`,
  };

/** What Wave answers while the health check goes on saying UP. */
const redisAway: Adviser = ({ answer, check }, { wave }) =>
  check.name === "redis" &&
  answer.status === 500 && {
    cause:
      "Wave does not reach Redis: every request for a new image and every pull fails with 500, and Nextflow does not repeat it",
    fix: `look at the replication group (aws elasticache describe-replication-groups), and at Wave's log: kubectl logs -n ${wave.namespace} deploy/wave. Wave is right again within a second of Redis`,
  };

/** The same when no pod is left. */
const noTargets: Adviser = ({ answer }, settings) =>
  [502, 503, 504].includes(answer.status) && {
    cause:
      "the load balancer has no pod that answers: none is ready, or all fail its health check",
    fix: `see which: ${targetHealth(settings)}`,
  };

const notPaired: Adviser = ({ answer }, { wave }) =>
  answer.body.includes("Missing pairing record") && {
    cause:
      "Seqera Platform is not paired with this Wave, or the client names it otherwise than Platform does: /api, a slash at the end, another host",
    fix: `set the output platform_env on Platform and restart it; then "Opening pairing session - endpoint: <url>" in Wave's log must hold wave.platform.apiUrl (${wave.platform.apiUrl}) and what clients pass as --tower-endpoint, letter by letter`,
  };

const tokenWanted: Adviser = ({ answer, check }, { wave }) =>
  check.name === "anonymous-requests" &&
  answer.body.includes("Missing user access token") && {
    cause: wave.allowAnonymous
      ? "the Wave that runs refuses requests without a token, and the settings allow them"
      : "Wave refuses requests without a token as it should, but not with status 400",
    fix: wave.allowAnonymous
      ? `${DEPLOY}; until then clients have to pass --tower-token`
      : "look for a proxy on the way that changes answers",
  };

const oldApi: Adviser = ({ answer, check }, { wave }) =>
  check.path === "/v1alpha2/container" &&
  answer.status === 404 && {
    cause:
      "the Wave that runs is older than 1.6.0, so newer clients get this 404 too",
    fix: `${DEPLOY}, so that ${wave.version} runs; until then use wave-cli 1.2.0 and Nextflow 23.10 or older`,
  };

const openToAll: Adviser = ({ answer, check }, { wave }) =>
  check.name === "anonymous-requests" &&
  !wave.allowAnonymous &&
  answer.status === 200 && {
    cause:
      "anybody gets images without a token: the Wave that runs allows anonymous requests, and the settings do not",
    fix: `${DEPLOY}, which puts config.yml back and replaces the pods`,
  };

const otherRelease: Adviser = ({ answer, check }, { wave }) =>
  check.name === "release" &&
  answer.body.includes('"version"') && {
    cause: `another release runs than wave.version (${wave.version}): not deployed, or the rollout is not through`,
    fix: `${DEPLOY}, then kubectl rollout status deploy/wave -n ${wave.namespace}; with wave.image.tag or digest set, see that they are of that release`,
  };

const pathOpen: Adviser = ({ check }, { wave }) =>
  check.name === "closed-path" && {
    cause:
      "the load balancer lets the request through: its rule for this path is missing, so strangers reach what should be closed",
    fix: `${DEPLOY} puts the rule back; look at it: kubectl get ingress wave-ingress -n ${wave.namespace} -o yaml`,
  };

const pairingOpen: Adviser = ({ check }, { wave }) =>
  check.name === "pairing" && {
    cause:
      "the load balancer lets this machine open a pairing session: it is in wave.platform.pairingCidrs, or the rule is missing and everybody can be sent the tokens of users",
    fix: `ask from a machine outside ${wave.platform.pairingCidrs?.join(", ") ?? "those ranges"}; if it is let through as well, ${DEPLOY} puts the rule back`,
  };

const notRedirected: Adviser = ({ check }, { wave }) =>
  check.name === "https-redirect" && {
    cause:
      "http is not redirected to https on this host: the load balancer's redirect is missing, or another machine answers",
    fix: `${DEPLOY} puts the annotation ssl-redirect back; look at it: kubectl get ingress wave-ingress -n ${wave.namespace} -o yaml`,
  };

const forbidden: Adviser = ({ answer }, { wave }) =>
  answer.status === 403 && {
    cause: "something in front of Wave refuses the request",
    fix:
      wave.ingress.wafAclArn === undefined
        ? "look for a proxy or gateway on the way: these paths need no login"
        : `look at the rules of the web ACL ${wave.ingress.wafAclArn}`,
  };

const unknownPath: Adviser = ({ answer }, { wave }) =>
  answer.status === 404 && {
    cause: `what answers does not know this path: a load balancer without a rule for ${wave.hostname}, or another program`,
    fix: `${DEPLOY}, and compare the host in kubectl get ingress wave-ingress -n ${wave.namespace}`,
  };

/** First match first: what an answer says of itself before what the check is about. */
const ADVISERS: readonly Adviser[] = [
  someTargetsSick,
  storesDown,
  redisAway,
  noTargets,
  notPaired,
  tokenWanted,
  forbidden,
  oldApi,
  openToAll,
  otherRelease,
  pathOpen,
  pairingOpen,
  notRedirected,
  unknownPath,
];
