/** Keeps an Ingress until its load balancer is gone. */
export const finalizer = "ingress.k8s.aws/resources";

/** What the stand-in reads of an Ingress. */
export interface Ingress {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly ingressClassName?: string;
    readonly rules?: readonly {
      readonly http?: {
        readonly paths: readonly {
          readonly backend: {
            readonly service?: {
              readonly name: string;
              readonly port?: { readonly name?: string };
            };
          };
        }[];
      };
    }[];
  };
  readonly status?: {
    readonly loadBalancer?: {
      readonly ingress?: readonly { readonly hostname?: string }[];
    };
  };
}

/** What the controller owes an Ingress: nothing when it is of another class or as it should be. */
export function actionFor({
  metadata,
  spec,
  status,
}: Ingress): "create" | "remove" | undefined {
  if (spec.ingressClassName !== "alb") return undefined;
  const held = metadata.finalizers?.includes(finalizer) ?? false;
  if (metadata.deletionTimestamp !== undefined)
    return held ? "remove" : undefined;
  const known = status?.loadBalancer?.ingress?.[0]?.hostname !== undefined;
  return held && known ? undefined : "create";
}

export const idOf = ({ metadata }: Ingress): string =>
  `${metadata.namespace}/${metadata.name}`;
