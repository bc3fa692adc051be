import { type Aws } from "../../aws/client";
import { type KubeApi } from "../api";
import { Balancers } from "./balancers";
import { type Classes, classRefusals, withClass } from "./class-params";
import { type Ingress, hostnameOf, idOf } from "./ingress";
import { changesOf, finalizerOf, groupsOf, wantedOf } from "./model";
import { refusalsOf } from "./refusals";
import { sleep } from "../../system/process";
import { controllerWebhooks } from "../../stand-ins/stub-releases";

/** Who hears of its work. */
interface Listener {
  readonly print: (text: string) => void;
  /** An Ingress that the real controller would not build either, once for each reason. */
  readonly refused: (text: string) => void;
}

/**
 * Plays the AWS Load Balancer Controller for Ingresses of class `alb`: finalizer, load balancer, status; what changes on
 * the one that stands and what does not, as the annotations say; and the same backwards. It refuses what the real one
 * refuses, and makes no listeners, target groups or security groups. Nobody answers the webhooks of its chart, so it lets
 * them fail open.
 */
export class LoadBalancerController {
  private readonly balancers: Balancers;

  constructor(
    private readonly api: KubeApi,
    { aws, cluster }: { readonly aws: Aws; readonly cluster: string },
    private readonly listener: Listener,
  ) {
    this.balancers = new Balancers(aws, cluster);
  }

  private readonly refusals = new Set<string>();

  private seen = "";
  private checked = 0;

  /** When it last deleted a load balancer, in milliseconds since 1970. */
  lastDeleted: number | undefined;

  /** Works until this process ends. */
  start(): void {
    void this.watch();
  }

  private async watch(): Promise<void> {
    let last = "";
    for (;;) {
      try {
        await this.lookOnce();
      } catch (error) {
        this.seen = "";
        // Like a controller, it tries again; what never works shows as a deploy that does not end.
        const text = `load-balancer controller: ${String(error)}`;
        if (text !== last) this.listener.print(text);
        last = text;
      }
      await sleep(1000);
    }
  }

  private async lookOnce(): Promise<void> {
    await this.takeOverWebhooks();
    const items = await this.ingresses();
    // What stands in AWS changes behind its back too, but not every second.
    const seen = JSON.stringify(items);
    if (seen === this.seen && Date.now() - this.checked < RESYNC_MS) return;
    [this.seen, this.checked] = [seen, Date.now()];
    for (const [group, members] of groupsOf(items)) {
      if (await this.accepts(members)) await this.reconcile(group, members);
      await this.release(group, items, members);
    }
  }

  /** All Ingresses, as their classes make them; one that its class does not take is none of the controller's. */
  private async ingresses(): Promise<Ingress[]> {
    const list = async <T>(path: string): Promise<T[]> => {
      const { status, body } = await this.api.ask("GET", path);
      return status === 200 ? (body as { items: T[] }).items : [];
    };
    const namespaces = await list<Namespace>("/api/v1/namespaces");
    const classes: Classes = {
      classes: await list("/apis/networking.k8s.io/v1/ingressclasses"),
      params: await list("/apis/elbv2.k8s.aws/v1beta1/ingressclassparams"),
      labels: new Map(
        namespaces.map(({ metadata: { name, labels } }) => [
          name,
          labels ?? {},
        ]),
      ),
    };
    const items = await list<Ingress>(ingresses);
    return items.map((ingress) => {
      const refusals = classRefusals(ingress, classes);
      this.refuse(refusals.map((refusal) => `${idOf(ingress)}: ${refusal}`));
      return refusals.length > 0 ? ingress : withClass(ingress, classes);
    });
  }

  /** Once for each reason. */
  private refuse(problems: readonly string[]): void {
    for (const refusal of problems) {
      if (!this.refusals.has(refusal))
        this.listener.refused(`refused: ${refusal}`);
      this.refusals.add(refusal);
    }
  }

  /** Until nothing is left to change. */
  private async reconcile(
    group: string,
    members: readonly Ingress[],
  ): Promise<void> {
    for (const member of members) await this.hold(member, finalizerOf(group));
    const { wanted } = wantedOf(members);
    for (;;) {
      const living = await this.balancers.ofGroup(group);
      const changes = changesOf(
        members.length === 0 ? undefined : wanted,
        living,
      );
      for (const change of changes) {
        await this.balancers.apply(group, wanted, change);
        if (change.kind === "delete") this.lastDeleted = Date.now();
        this.listener.print(
          `load-balancer controller: ${change.kind} for ${group}`,
        );
      }
      if (changes.length === 0) {
        for (const member of members)
          await this.publish(member, living[0]?.hostname);
        return;
      }
    }
  }

  /** Keeps an Ingress from going before its load balancer. */
  private async hold(ingress: Ingress, finalizer: string): Promise<void> {
    const { finalizers = [] } = ingress.metadata;
    if (!finalizers.includes(finalizer))
      await this.patch(ingress, {
        metadata: { finalizers: [...finalizers, finalizer] },
      });
  }

  private async publish(ingress: Ingress, hostname = ""): Promise<void> {
    if (hostnameOf(ingress) !== hostname)
      await this.patch(
        ingress,
        { status: { loadBalancer: { ingress: [{ hostname }] } } },
        "/status",
      );
  }

  /** Lets go of the Ingresses that a group held and that are no members of it any more. */
  private async release(
    group: string,
    ingresses: readonly Ingress[],
    members: readonly Ingress[],
  ): Promise<void> {
    const finalizer = finalizerOf(group);
    const gone = ingresses.filter(
      (one) =>
        !members.includes(one) &&
        one.metadata.finalizers?.includes(finalizer) === true &&
        (group.includes("/") ? idOf(one) === group : true),
    );
    for (const ingress of gone) {
      const { name, namespace } = ingress.metadata;
      const now = (await this.api.call(
        "GET",
        `${pathOf(namespace)}/${name}`,
      )) as Ingress;
      const left = now.metadata.finalizers?.filter((one) => one !== finalizer);
      await this.patch(ingress, { metadata: { finalizers: left ?? [] } });
    }
  }

  /** Calls that nobody answers are let through, and quickly. */
  private async takeOverWebhooks(): Promise<void> {
    for (const kind of ["validating", "mutating"]) {
      const path = `/apis/admissionregistration.k8s.io/v1/${kind}webhookconfigurations/${controllerWebhooks}`;
      const { status, body } = await this.api.ask("GET", path);
      if (status !== 200) continue;
      const { webhooks = [] } = body as { webhooks?: Webhook[] };
      if (webhooks.every(({ failurePolicy }) => failurePolicy === "Ignore"))
        continue;
      await this.api.call("PATCH", path, { webhooks: failingOpen(webhooks) });
    }
  }

  private async accepts(members: readonly Ingress[]): Promise<boolean> {
    const problems = [...wantedOf(members).problems];
    for (const member of members)
      problems.push(
        ...refusalsOf(member, await this.services(member)).map(
          (problem) => `${idOf(member)}: ${problem}`,
        ),
      );
    this.refuse(problems);
    return problems.length === 0;
  }

  private async services({ metadata }: Ingress): Promise<string[]> {
    const path = `/api/v1/namespaces/${metadata.namespace}/services`;
    const { items } = (await this.api.call("GET", path)) as {
      items: { metadata: { name: string } }[];
    };
    return items.map(({ metadata: { name } }) => name);
  }

  private async patch(
    { metadata: { namespace, name } }: Ingress,
    change: object,
    subresource = "",
  ): Promise<void> {
    const path = `${pathOf(namespace)}/${name}${subresource}`;
    await this.api.call("PATCH", path, change);
  }
}

const pathOf = (namespace: string): string =>
  `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`;

/** The real one looks after what nobody changed every ten hours. */
const RESYNC_MS = 5000;

const ingresses = "/apis/networking.k8s.io/v1/ingresses";

interface Namespace {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

interface Webhook {
  readonly failurePolicy?: string;
}

/** The webhooks as ones that let everything through when nobody answers within a second. */
export const failingOpen = (webhooks: readonly Webhook[]): object[] =>
  webhooks.map((webhook) => ({
    ...webhook,
    failurePolicy: "Ignore",
    timeoutSeconds: 1,
  }));
