import { z } from "zod";
import { cidr, logRetentionDays } from "../../settings/formats";

const proxySchema = z
  .strictObject({
    url: z
      .string()
      .regex(
        /^http:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?:[1-9]\d{0,4}$/,
        "http://<host>:<port> of the proxy, without user, password and path",
      )
      .describe(
        "Address of the proxy. One that asks for a password is not supported: it would stand in the cluster and in the state.",
      ),
    noProxy: z
      .array(
        z
          .string()
          .regex(
            /^(\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\d{1,3}(\.\d{1,3}){3}\/\d{1,2})$/,
            "a host, a domain that begins with a dot such as .example.com, an address or a range",
          ),
      )
      .default([])
      .describe(
        "More that is reached without it. Always: the VPC, the cluster, instance metadata, S3, the cluster's endpoint and network.interfaceEndpoints.",
      ),
  })
  .optional()
  .describe(
    "The company's HTTP proxy, for nodes, controllers, Wave, and of `emg` the login and the API. Not for builds: Wave cannot set the environment of their pods. Nodes of Amazon Linux ask EC2 before they know of it: by a NAT gateway or the endpoint ec2. A change rolls the nodes.",
  );

const createdNetworkSchema = z.strictObject({
  kind: z.literal("created").default("created"),
  cidr: cidr
    .default("10.40.0.0/16")
    .describe(
      "Range of the VPC, /16 to /21. Each zone letter has its own eighth for a private subnet, so a zone can be added later.",
    ),
  podCidr: cidr
    .optional()
    .describe(
      "Second range of the VPC, /16 to /21, for pods, such as 100.64.0.0/16: nodes, stores and load balancers alone take addresses of `cidr`. Each zone letter has its own eighth. It can be added later; while `retain` is on it can be neither changed nor taken away. A node holds fewer pods than EKS thinks, for its first network interface serves none: m5a.2xlarge 42.",
    ),
  zones: z
    .array(z.string().regex(/^[a-f]$/, "a zone letter, a to f"))
    .describe(
      "Two or three availability zone letters of the region. The first two hold the cluster's control plane and cannot change later; a third can come and go.",
    ),
  internet: z
    .boolean()
    .default(true)
    .describe(
      "Internet gateway, public subnets and NAT. false: a VPC that the internet cannot reach, nor it the internet. Every interface endpoint that nodes and pods need is then made, beside those of `interfaceEndpoints`; images come from registries that the VPC reaches, and the load balancer is internal. It cannot be changed later.",
    ),
  natGateways: z
    .enum(["single", "perZone"])
    .default("single")
    .describe(
      "One NAT gateway for all zones, or one per zone: a zone's failure then leaves the others on line. None without `internet`.",
    ),
  interfaceEndpoints: z
    .array(
      z.enum([
        "ecr.api",
        "ecr.dkr",
        "sts",
        "ec2",
        "elasticloadbalancing",
        "secretsmanager",
        "logs",
        "kms",
        "elasticfilesystem",
        "eks",
        "eks-auth",
        "autoscaling",
        "email",
        "monitoring",
        "ssm",
        "ssmmessages",
        "ec2messages",
      ]),
    )
    .default([])
    .describe(
      "Interface endpoints to place in the VPC, about $22 a month each over three zones. Not every region has each.",
    ),
  proxy: proxySchema,
  flowLogRetentionDays: logRetentionDays
    .default(365)
    .describe("Days to keep VPC flow logs."),
  disjointFrom: z
    .array(cidr)
    .default([])
    .describe(
      "Ranges the VPC must not overlap: peered networks, offices, other environments behind one transit gateway.",
    ),
});

/** Subnets by zone letter. Their ranges stand beside the ids, so that policies and the audit show addresses. */
const subnetsByZone = z.record(
  z
    .string()
    .regex(/^[a-f]$/, "a zone letter, a to f")
    .describe("a zone letter, a to f"),
  z.strictObject({
    id: z
      .string()
      .regex(
        /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/,
        "the id of a subnet, such as subnet-0123456789abcdef0",
      )
      .describe("Id of the subnet."),
    cidr: cidr.describe("Its IPv4 range, compared with AWS at plan."),
  }),
);

/** A VPC that somebody else made and runs. Nothing in it is changed or tagged. */
const existingNetworkSchema = z.strictObject({
  kind: z.literal("existing"),
  vpcId: z
    .string()
    .regex(
      /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/,
      "the id of a VPC, such as vpc-0123456789abcdef0",
    )
    .describe("Id of the VPC. It cannot be changed later."),
  cidrs: z
    .array(cidr)
    .min(1)
    .describe(
      "Ranges of the VPC that nodes, pods and load balancers have addresses of, such as 100.64.0.0/16 of pods too, compared with AWS at plan.",
    ),
  subnets: z.strictObject({
    private: subnetsByZone.describe(
      "Two or three, by zone letter: for nodes of ours, stores and internal load balancers.",
    ),
    public: subnetsByZone
      .default({})
      .describe(
        "For load balancers that the internet reaches, by zone letter.",
      ),
  }),
  internet: z
    .boolean()
    .default(true)
    .describe(
      "Whether the private subnets have a way to the internet, by NAT or another network. false: every image comes from registries that the VPC reaches, and its owner has made the interface endpoints that nodes and pods call.",
    ),
  endpointCidrs: z
    .array(cidr)
    .default([])
    .describe(
      "Ranges of the subnets in which interface endpoints of AWS answer: network policies let builds and tasks reach their port 443.",
    ),
  proxy: proxySchema,
});

export const networkSchema = z
  .discriminatedUnion("kind", [createdNetworkSchema, existingNetworkSchema])
  .describe("VPC: one that is made here (created), or one that exists.");
