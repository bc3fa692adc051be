import {
  hasComputeEnv,
  hasDelivery,
  hasEmg,
  hasWave,
} from "../../../modules/schema";
import { type Call, type Command, textOption } from "../cli/command";
import { openTarget } from "../target";
import { computeEnvChecks } from "../verify/compute-env";
import { deliveryChecks } from "../verify/delivery";
import { emgChecks } from "../verify/emg";
import { type Result } from "../verify/run";
import { type TargetOptions } from "../verify/target";
import { isFailed, verifyWave } from "../verify/verify";

export const verify: Command = {
  name: "verify",
  takes: "<environment>",
  summary:
    "smoke test of a deployed Wave, without credentials: what fails, likely causes, what to do; of other platforms the commands that check them, which need a kubeconfig",
  options: {
    url: {
      type: "string",
      value: "<address>",
      help: "ask here instead of https://<wave.hostname>, which stays the name in the request and the certificate: a load balancer without a record yet, a tunnel. http://… goes straight to Wave through a port-forward; what the load balancer answers is then skipped",
    },
    "http-url": {
      type: "string",
      value: "<address>",
      help: "the same for http://<wave.hostname>. Without it: the host of --url, port 80",
    },
    timeout: {
      type: "string",
      value: "<seconds>",
      help: "longest wait for one answer. Without it: 10",
    },
  },
  run: async (call) => {
    const { terminal } = call;
    const { print } = terminal;
    const { settings, source, notices } = openTarget(
      call.positionals[0],
      call.variables,
    );
    for (const notice of notices) print(`Note: ${notice}`);
    let results: Result[] = [];
    if (hasWave(settings))
      results = await verifyWave(settings, source, addressesOf(call), print);
    else print("No Wave in this environment: there is no address to ask.");
    if (hasComputeEnv(settings)) computeEnvChecks(settings).forEach(print);
    if (hasDelivery(settings)) deliveryChecks(settings).forEach(print);
    if (hasEmg(settings)) emgChecks(settings).forEach(print);
    terminal.result(
      results.map(({ check: { name }, outcome, got, advice }) => ({
        check: name,
        outcome,
        got,
        advice,
      })),
    );
    return results.some(isFailed) ? 1 : 0;
  },
};

/** Where Wave is asked, as it was typed. */
export const addressesOf = (call: Pick<Call, "options">): TargetOptions => ({
  url: textOption(call, "url"),
  "http-url": textOption(call, "http-url"),
  timeout: textOption(call, "timeout"),
});
