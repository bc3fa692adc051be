import { list, map, optional, text } from "./outputs";

/** What `workloads` prints for people about the cluster; no stack reads it. */
export const clusterNotes = {
  addonVersions: optional(
    map("Versions of its add-ons that run, ready for cluster.addOns."),
  ),
};

/** What `workloads` prints for people about Wave; no stack reads it. */
export const workloadsNotes = {
  loadBalancerHostname: text("Host name of the load balancer."),
  verifyCommands: list("Smoke test; needs no credentials."),
  platformEnv: map(
    "Environment of Seqera Platform that pairs it with this Wave.",
  ),
  dnsRecords: map(
    "DNS records to make by hand; empty when the hosted zone is managed.",
  ),
};
