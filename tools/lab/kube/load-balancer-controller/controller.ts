import { xmlTexts } from "../../aws/xml";
import { type Aws, ec2Call, queryCall } from "../../aws/client";
import { type KubeApi } from "../api";
import { type Ingress, actionFor, finalizer, idOf } from "./ingress";
import { nameAnnotation, refusalsOf } from "./refusals";
import { sleep } from "../../system/process";
import { controllerWebhooks } from "../../stand-ins/stub-releases";

/** Who hears of its work. */
interface Listener {
  readonly print: (text: string) => void;
  /** An Ingress that the real controller would not build either, once for each reason. */
  readonly refused: (text: string) => void;
}

/**
 * Plays the AWS Load Balancer Controller for Ingresses of class `alb`: finalizer, load balancer with the annotated
 * name, status; and the same backwards. It refuses what the real one refuses, and makes no listeners, target groups or
 * security groups. Nobody answers the webhooks of its chart, so it lets them fail open.
 */
export class LoadBalancerController {
  constructor(
    private readonly api: KubeApi,
    private readonly aws: Aws,
    private readonly listener: Listener,
  ) {}

  private readonly refusals = new Set<string>();

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
    const { items } = (await this.api.call("GET", ingresses)) as {
      items: Ingress[];
    };
    for (const ingress of items) {
      const wanted = actionFor(ingress);
      if (wanted === "create" && (await this.accepts(ingress)))
        await this.create(ingress);
      if (wanted === "remove") await this.remove(ingress);
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

  private async accepts(ingress: Ingress): Promise<boolean> {
    const { namespace } = ingress.metadata;
    const { items } = (await this.api.call(
      "GET",
      `/api/v1/namespaces/${namespace}/services`,
    )) as { items: { metadata: { name: string } }[] };
    const problems = refusalsOf(
      ingress,
      items.map(({ metadata }) => metadata.name),
    );
    for (const problem of problems) {
      const refusal = `${idOf(ingress)} is refused: ${problem}`;
      if (!this.refusals.has(refusal)) this.listener.refused(refusal);
      this.refusals.add(refusal);
    }
    return problems.length === 0;
  }

  private async create(ingress: Ingress): Promise<void> {
    await this.patch(ingress, { metadata: { finalizers: [finalizer] } });
    const name = nameOf(ingress);
    const hostname =
      (await this.find(name, "DNSName")) ??
      (await this.make(name, schemeOf(ingress)));
    await this.patch(
      ingress,
      { status: { loadBalancer: { ingress: [{ hostname }] } } },
      "/status",
    );
    this.listener.print(
      `load-balancer controller: ${name} for ${idOf(ingress)}`,
    );
  }

  private async make(name: string, scheme: string): Promise<string> {
    // The controller finds its subnets by this tag too.
    const subnets = xmlTexts(
      await ec2Call(this.aws, "DescribeSubnets", {
        "Filter.1.Name": "tag:kubernetes.io/role/elb",
        "Filter.1.Value.1": "1",
      }),
      "subnetId",
    );
    const xml = await this.call("CreateLoadBalancer", {
      Name: name,
      Scheme: scheme,
      Type: "application",
      ...Object.fromEntries(
        subnets.map((id, i) => [`Subnets.member.${i + 1}`, id]),
      ),
    });
    return xmlTexts(xml, "DNSName")[0] ?? "";
  }

  private async remove(ingress: Ingress): Promise<void> {
    const name = nameOf(ingress);
    const arn = await this.find(name, "LoadBalancerArn");
    if (arn !== undefined) {
      await this.call("DeleteLoadBalancer", { LoadBalancerArn: arn });
      this.lastDeleted = Date.now();
    }
    const others = ingress.metadata.finalizers?.filter(
      (one) => one !== finalizer,
    );
    await this.patch(ingress, { metadata: { finalizers: others ?? [] } });
    this.listener.print(`load-balancer controller: ${name} is gone`);
  }

  /** A field of the load balancer with this name, if there is one. */
  private async find(name: string, field: string): Promise<string | undefined> {
    const xml = await this.call("DescribeLoadBalancers");
    const index = xmlTexts(xml, "LoadBalancerName").indexOf(name);
    return index < 0 ? undefined : xmlTexts(xml, field)[index];
  }

  private call(
    action: string,
    parameters?: Readonly<Record<string, string>>,
  ): Promise<string> {
    const service = "elasticloadbalancing";
    return queryCall(this.aws, service, "2015-12-01", action, parameters);
  }

  private async patch(
    { metadata: { namespace, name } }: Ingress,
    change: object,
    subresource = "",
  ): Promise<void> {
    const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}${subresource}`;
    await this.api.call("PATCH", path, change);
  }
}

const ingresses = "/apis/networking.k8s.io/v1/ingresses";

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

/** `internal` unless the annotation says otherwise. */
const schemeOf = ({ metadata }: Ingress): string =>
  metadata.annotations?.["alb.ingress.kubernetes.io/scheme"] ?? "internal";

function nameOf(ingress: Ingress): string {
  const name = ingress.metadata.annotations?.[nameAnnotation];
  if (name === undefined)
    throw new Error(`${idOf(ingress)} has no annotation ${nameAnnotation}`);
  return name;
}
