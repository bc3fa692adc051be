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
      readonly host?: string;
      readonly http?: {
        readonly paths: readonly {
          readonly path?: string;
          readonly pathType?: string;
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

/** Whether the controller builds it: the class says so. */
export const isBuilt = ({ spec }: Ingress): boolean =>
  spec.ingressClassName === "alb";

/** Prefix of the annotations that the AWS Load Balancer Controller reads. */
const prefix = "alb.ingress.kubernetes.io/";

/** Annotations that the controller reads, without their prefix. */
export const annotationsOf = ({
  metadata,
}: Ingress): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(metadata.annotations ?? {})
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

/** Host name of its load balancer, as its status has it. */
export const hostnameOf = ({ status }: Ingress): string | undefined =>
  status?.loadBalancer?.ingress?.[0]?.hostname;

export const idOf = ({ metadata }: Ingress): string =>
  `${metadata.namespace}/${metadata.name}`;
