import { list, map, optional, text } from "./outputs";

/** What `emg` prints for people; no stack reads it. There are no secrets in it. */
export const emgNotes = {
  prefectUrl: text("Prefect."),
  apiUrl: optional(text("The EMG API, where it is asked for.")),
  workerApiUrl: text("PREFECT_API_URL of workers outside of the cluster."),
  namespace: text("Namespace of everything."),
  authMode: text("Who may enter Prefect: oauth2-proxy or prefect-basic."),
  loadBalancer: text("DNS name of the load balancer."),
  dnsRecords: map(
    "DNS records to make by hand; empty when they are made here.",
  ),
  workerSecretArns: map(
    "Secret in Secrets Manager that holds the password of each worker; with prefect-basic of emg, which is everybody.",
  ),
  nextSteps: list("What is left to do by hand."),
};
