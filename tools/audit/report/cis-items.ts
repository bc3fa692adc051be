/** One item of the CIS Amazon EKS Benchmark. */
export interface CisItem {
  readonly id: string;
  /** What it asks for, in our words. */
  readonly asks: string;
  /**
   * Who meets it: `code`, which the rules that name the item prove; `ami`, the node image of Amazon, which these stacks use
   * unchanged; `operator`, by hand.
   */
  readonly by: "code" | "ami" | "operator";
  /** What to do, or what the proof leaves out. */
  readonly note: string;
  /** Checks of checkov that ask for it, where no rule of ours does. */
  readonly checks?: readonly string[];
}

const code = (id: string, asks: string, note = ""): CisItem => ({
  id,
  asks,
  by: "code",
  note,
});

const scanned = (item: CisItem, ...checks: readonly string[]): CisItem => ({
  ...item,
  checks,
});

const ami = (id: string, asks: string): CisItem => ({
  id,
  asks,
  by: "ami",
  note: "",
});

/** The benchmark's own words: "each namespace in the cluster which has user workloads". */
const ADMISSION =
  "What a namespace enforces decides, for namespaces with workloads of users: baseline meets 4.2.1 to 4.2.4, restricted 4.2.5 too. Which namespace enforces what is said above the table.";

/** "Limit Pod traffic with Kubernetes network policies", EKS user guide. */
const BARE =
  "Not proved: that AWS enforces a policy on pods that no controller owns, and in a pod's first seconds.";

/** CIS Amazon EKS Benchmark 1.8.0, all 50 items; ids as kube-bench's `cfg/eks-1.8.0` has them. */
export const CIS_EKS_1_8_0: readonly CisItem[] = [
  code("2.1.1", "The control plane writes audit logs."),
  scanned(code("2.1.2", "Audit logs are collected and kept."), "CKV_AWS_338"),

  ami("3.1.1", "Only root may write the kubelet's kubeconfig."),
  ami("3.1.2", "The kubelet's kubeconfig belongs to root."),
  ami("3.1.3", "Only root may write the kubelet's configuration."),
  ami("3.1.4", "The kubelet's configuration belongs to root."),
  ami("3.2.1", "The kubelet answers nobody without a login."),
  ami("3.2.2", "The kubelet asks whether a caller may."),
  ami("3.2.3", "The kubelet knows the authority of its callers."),
  ami("3.2.4", "The kubelet's read-only port is closed."),
  ami("3.2.5", "Idle streams to the kubelet end."),
  ami("3.2.6", "The kubelet keeps its own packet-filter chains."),
  ami("3.2.7", "The kubelet records enough events."),
  ami("3.2.8", "The kubelet renews its client certificate."),
  ami("3.2.9", "The kubelet renews its server certificate."),

  code(
    "4.1.1",
    "Few are administrators of the cluster.",
    "One principal is: access.deployer. Who may take that role is decided in IAM.",
  ),
  code("4.1.2", "Few may read Secrets."),
  code(
    "4.1.3",
    "Roles have no wildcards.",
    "Roles of Kubernetes itself and of the charts are not ours.",
  ),
  code("4.1.4", "Few may make pods."),
  code(
    "4.1.5",
    "Default service accounts do nothing.",
    "No pod of ours runs as one, and none has a role. The accounts themselves are made by Kubernetes and keep their token setting.",
  ),
  code("4.1.6", "Tokens are mounted only where they are needed."),
  code("4.1.7", "Access entries say who may enter the cluster."),
  code("4.1.8", "Nobody may bind, impersonate or escalate."),
  code("4.1.9", "Few may make volumes."),
  code("4.1.10", "Few reach the kubelet through the API."),
  code("4.1.11", "Few may change webhooks."),
  code("4.1.12", "Few may make tokens."),
  code("4.2.1", "No privileged containers are let in.", ADMISSION),
  code(
    "4.2.2",
    "No container that sees the processes of its host is let in.",
    ADMISSION,
  ),
  code(
    "4.2.3",
    "No container that shares the memory of its host is let in.",
    ADMISSION,
  ),
  code(
    "4.2.4",
    "No container with the network of its host is let in.",
    ADMISSION,
  ),
  code(
    "4.2.5",
    "No container that gains rights while it runs is let in.",
    ADMISSION,
  ),
  code("4.3.1", "The network plugin enforces network policies.", BARE),
  code(
    "4.3.2",
    "Every namespace has a network policy.",
    "Met in every namespace of ours; not in kube-system, amazon-cloudwatch and the others that Kubernetes or EKS make.",
  ),
  code("4.4.1", "Secrets are files rather than environment variables."),
  code("4.4.2", "Secrets are kept outside of the cluster."),
  code("4.5.1", "Namespaces separate what does not belong together."),
  code("4.5.2", "The default namespace is empty."),

  code("5.1.1", "Images are scanned for known weaknesses."),
  code(
    "5.1.2",
    "Few may push to ECR.",
    "Of the roles made here. Who else may push or delete, the deployer too, who writes the policies of repositories, table access asks of IAM's simulator.",
  ),
  code("5.1.3", "Nodes may only pull from ECR."),
  {
    id: "5.1.4",
    asks: "Images come from approved registries only.",
    by: "operator",
    note: "Nothing in the cluster refuses a registry. The table of images names all that are started; wave.images and charts.*.image take them from a mirror. Which registries users may build from is for the operator to say.",
  },
  code("5.2.1", "Workloads have service accounts of their own."),
  code("5.3.1", "Secrets in etcd are encrypted with a key of the customer."),
  code("5.4.1", "The endpoint of the control plane is restricted."),
  scanned(
    code("5.4.2", "The endpoint is private, and not public."),
    "CKV_AWS_39",
  ),
  code("5.4.3", "Nodes are private."),
  code("5.4.4", "Network policies are on and set.", BARE),
  code("5.4.5", "Clients of the load balancer speak TLS."),
  code("5.5.1", "People log in to Kubernetes through IAM."),
];
