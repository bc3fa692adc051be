import { list, map, optional, text } from "./outputs";

/** What `delivery` prints for people; no stack reads it. There are no secrets in it. */
export const deliveryNotes = {
  domain: text("Domain of the services."),
  loadBalancer: text("DNS name of the load balancer."),
  certificateArn: optional(
    text("Certificate of the domain; not with Let's Encrypt."),
  ),
  fluxPath: optional(text("Folder of the repository that Flux applies.")),
  ecrRepositoryUrls: map("Repository of images of each service."),
  chartRepositoryUrl: text("Repository of the chart that services share."),
  serviceRoleArns: map("Role of the pods of each service that has one."),
  ciRoleArns: map("Role of the workflows of each service that has one."),
  bucketNames: map("Buckets, by their name in the settings."),
  redisEndpoint: optional(text("Address of Redis, with TLS on port 6379.")),
  redisSecretArn: optional(
    text("Secret in Secrets Manager that holds the password of Redis."),
  ),
  deployKeyCommand: optional(
    text(
      "Registers the public half of the deploy key with GitHub, in place of the one of this environment; with an ssh credential.",
    ),
  ),
  nextSteps: list("What is left to do by hand."),
};
