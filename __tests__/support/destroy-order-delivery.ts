/** What goes first, what may go only then, and why. */
export type Pair = readonly [first: RegExp, then: RegExp, why: string];

const FLUX_SYNC = /^helm_release\.flux-sync$/;
const FLUX_PERMISSIONS =
  /^kubernetes_(service_account|(cluster_)?role(_binding)?)_v1\.(account|role|role-binding)-/;
const FLUX = /^helm_release\.flux2$/;
const INGRESS_CLASS = /^kubernetes_ingress_class_v1\./;

/** The order inside the stack `delivery`. */
export const DELIVERY_DESTROY_ORDER: readonly Pair[] = [
  [FLUX_SYNC, FLUX, "the controllers remove what they made"],
  [FLUX_SYNC, FLUX_PERMISSIONS, "what was applied goes as it came"],
  [FLUX, FLUX_PERMISSIONS, "a controller that may nothing stops"],
  [
    FLUX_SYNC,
    /^kubernetes_(namespace|network_policy|secret|config_map|service_account|ingress_class)_v1\./,
    "releases go while all they stand on is there",
  ],
  [
    /^aws_route53_record\.record-/,
    /^(kubernetes_ingress_v1\.pending|helm_release\.nginx-ingress)$/,
    "no name for what is gone",
  ],
  [
    /^kubernetes_namespace_v1\.namespace-/,
    /^(kubernetes_ingress_v1\.pending|helm_release\.(nginx-ingress|external-dns))$/,
    "Ingresses of services go while their load balancer and their records are looked after",
  ],
  [
    /^kubernetes_ingress_v1\.pending$/,
    INGRESS_CLASS,
    "without its class an Ingress cannot be finalized",
  ],
  [
    INGRESS_CLASS,
    /^helm_release\.ingress-class-params$/,
    "a class has its parameters to its end",
  ],
  [
    /^helm_release\.(ingress-class-params|nginx-ingress)$/,
    /^(helm_release\.external-dns|kubernetes_namespace_v1\.ingress-namespace|aws_acm_certificate_validation\..*|aws_s3_bucket_policy\.access-logs_.*)$/,
    "what a load balancer uses outlives it",
  ],
  [
    /^helm_release\.(nginx-ingress|cluster-issuers)$/,
    /^helm_release\.cert-manager$/,
    "who renews a certificate outlives who shows it",
  ],
  ...["cert-manager", "external-dns"].map((name): Pair => [
    new RegExp(`^helm_release\\.${name}$`),
    new RegExp(`^aws_iam_role_policy\\.${name}-role_`),
    "a controller has its permissions to its end",
  ]),
];
