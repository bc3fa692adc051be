import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { type Construct } from "constructs";
import { z } from "zod";
import { kubeAuthOf } from "../../../modules/core/cluster/cluster";
import { type PlatformFacts } from "../../../modules/core/facts";
import { type CoreSettings } from "../../../modules/core/settings/schema";
import { BaseStack } from "../../../modules/core/state/base-stack";
import { readNetwork } from "../../../modules/core/state/read-network";
import { createClusterAccess } from "../../../modules/kubernetes/cluster-access";

// A whole platform, as small as it can be: its section, its facts and its stack. CONTRIBUTING leads here.

/** Section `hello` of the settings. */
export const helloSection = z.strictObject({
  namespace: z.string().default("hello").describe("Namespace to greet from."),
});

/** Settings of an environment with this platform. */
export type HelloSettings = CoreSettings & {
  readonly hello: z.output<typeof helloSection>;
};

/** What the core has to know of it. */
export const helloFacts = ({ hello }: HelloSettings): PlatformFacts => ({
  platform: "hello",
  hosts: [],
  namespaces: [{ path: "hello.namespace", name: hello.namespace }],
  records: [],
  operatorSecrets: [],
  exclusives: [],
  needs: { efs: false, waf: false, scaledNodes: false, services: [] },
});

/** Stack `hello`: reads what the core gives, and creates what is its own. */
export class HelloStack extends BaseStack {
  constructor(scope: Construct, settings: HelloSettings) {
    super(scope, "hello", settings);
    createClusterAccess(this, {
      ...readNetwork(this, settings),
      region: settings.region,
      auth: kubeAuthOf(settings),
      roleArn: settings.access.assumeRole?.roleArn,
    });
    new NamespaceV1(this, "namespace", {
      metadata: { name: settings.hello.namespace },
      // A platform guards its namespace: a destroy is refused before anything in it is deleted.
      lifecycle: { preventDestroy: settings.retain },
    });
  }
}
