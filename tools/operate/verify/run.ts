import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { adviseOnAnswer } from "./answer-advice";
import { type Reply, ask, isAnswer } from "./ask";
import { type Check, smokeTest } from "../../../modules/wave/smoke-test/checks";
import { type Advice, adviseOnSilence } from "./connection-advice";
import { isRight, shownReplies } from "./evaluate";
import { type Target } from "./target";

/** What one check found. */
export interface Result {
  readonly check: Check;
  readonly outcome: "ok" | "FAILED" | "skipped";
  /** The answer in short, or why there was no question. */
  readonly got: string;
  /** Of a failed check only. */
  readonly advice?: Advice;
}

/**
 * Asks everything at once, so that a dead host costs one time-out. The results come in the order of the checks, each as
 * soon as those before it are known.
 */
export async function* runSmokeTest(
  settings: Settings,
  target: Target,
): AsyncGenerator<Result> {
  const asked = smokeTest(settings).map((check) => ({
    check,
    replies:
      target.direct && check.byLoadBalancer === true
        ? undefined
        : Promise.all(
            Array.from({ length: check.times ?? 1 }, () => ask(check, target)),
          ),
  }));
  for (const { check, replies } of asked)
    yield replies === undefined
      ? {
          check,
          outcome: "skipped",
          got: "the load balancer answers this, and --url goes past it",
        }
      : resultOf(check, await replies, settings, target);
}

function resultOf(
  check: Check,
  replies: readonly Reply[],
  settings: Settings,
  target: Target,
): Result {
  const got = shownReplies(replies, check.expected);
  const wrong = replies.filter((reply) => !isRight(reply, check.expected));
  const [first] = wrong;
  if (first === undefined) return { check, outcome: "ok", got };
  const nowAndThen = wrong.length < replies.length;
  const advice = isAnswer(first)
    ? adviseOnAnswer({ check, answer: first, nowAndThen }, settings)
    : adviseOnSilence(first, settings, target);
  return { check, outcome: "FAILED", got, advice };
}
