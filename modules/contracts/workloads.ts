import { type TerraformStack } from "cdktf";
import { writeOutput } from "./output";

/** What `workloads` tells people; no stack reads it. */
export interface WorkloadsOutputs {
  /** Host name of the load balancer. */
  readonly loadBalancerHostname: string;
  /** Smoke test, one command per line of the table VE-01, 02, 04, 14, 16, 19. */
  readonly verifyCommands: readonly string[];
  /** What to set on Seqera Platform (PP-01). */
  readonly platformEnv: Readonly<Record<string, string>>;
  /** DNS records the operator has to make; empty when the hosted zone is managed (DEC-09). */
  readonly dnsRecords: Readonly<Record<string, string>>;
}

export function writeWorkloadsOutputs(
  stack: TerraformStack,
  outputs: WorkloadsOutputs,
): void {
  writeOutput(
    stack,
    "load_balancer_hostname",
    outputs.loadBalancerHostname,
    "Host name of the load balancer.",
  );
  writeOutput(
    stack,
    "verify_commands",
    outputs.verifyCommands,
    "Smoke test; needs no credentials (VE-01, 02, 04, 14, 16, 19).",
  );
  writeOutput(
    stack,
    "platform_env",
    outputs.platformEnv,
    "Environment of Seqera Platform that pairs it with this Wave (PP-01).",
  );
  writeOutput(
    stack,
    "dns_records",
    outputs.dnsRecords,
    "DNS records to make by hand; empty when the hosted zone is managed.",
  );
}
