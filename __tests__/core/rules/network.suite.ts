import { testRefused } from "../../support/settings-rules";

testRefused([
  [
    "one zone",
    { network: { zones: ["a"] } },
    "network.zones",
    ["1 (a)", "2 or 3", "need two"],
  ],
  [
    "four zones",
    { network: { zones: ["a", "b", "c", "d"] } },
    "network.zones",
    ["keep three"],
  ],
  [
    "a zone twice",
    { network: { zones: ["a", "b", "a"] } },
    "network.zones",
    ["every zone once", "[a, b]"],
  ],
  [
    "a VPC too small",
    { network: { cidr: "10.40.0.0/22" } },
    "network.cidr",
    ["/21", "larger"],
  ],
  [
    "a VPC too large",
    {
      network: { cidr: "10.0.0.0/15" },
      cluster: { serviceCidr: "10.100.0.0/16" },
    },
    "network.cidr",
    ["/16", "smaller"],
  ],
  [
    "a VPC of public addresses",
    { network: { cidr: "8.8.0.0/16" } },
    "network.cidr",
    ["public addresses"],
  ],
  [
    "services of public addresses",
    { cluster: { serviceCidr: "8.8.0.0/16" } },
    "cluster.serviceCidr",
    ["/12 to /24"],
  ],
  [
    "services that overlap the VPC",
    { cluster: { serviceCidr: "10.40.128.0/17" } },
    "cluster.serviceCidr",
    ["overlaps network.cidr 10.40.0.0/16"],
  ],
  [
    "a VPC that overlaps a neighbour",
    { network: { disjointFrom: ["192.168.0.0/24", "10.32.0.0/12"] } },
    "network.cidr",
    ["network.disjointFrom[1] 10.32.0.0/12"],
  ],
  [
    "services that overlap a neighbour",
    { network: { disjointFrom: ["10.96.0.0/11"] } },
    "cluster.serviceCidr",
    ["network.disjointFrom[0]"],
  ],
  [
    "public without ranges",
    { cluster: { endpoint: { publicCidrs: [] } } },
    "cluster.endpoint.publicCidrs",
    ["never 0.0.0.0/0", "public: false"],
  ],
  [
    "public for everybody",
    { cluster: { endpoint: { publicCidrs: ["203.0.113.0/24", "0.0.0.0/0"] } } },
    "cluster.endpoint.publicCidrs[1]",
    ["0.0.0.0/0"],
  ],
  [
    "half of the internet",
    { cluster: { endpoint: { publicCidrs: ["128.0.0.0/1"] } } },
    "cluster.endpoint.publicCidrs[0]",
    ["/8 or smaller"],
  ],
  [
    "private ranges",
    { cluster: { endpoint: { publicCidrs: ["10.1.0.0/16"] } } },
    "cluster.endpoint.publicCidrs[0]",
    ["private addresses"],
  ],
  [
    "ranges while public is off",
    {
      cluster: {
        endpoint: { public: false, privateCidrs: ["10.8.0.0/16"] },
      },
    },
    "cluster.endpoint.publicCidrs",
    ["with public: false"],
  ],
  [
    "an API that nobody reaches",
    { cluster: { endpoint: { public: false, publicCidrs: [] } } },
    "cluster.endpoint.privateCidrs",
    ["[10.40.0.0/16]"],
  ],
  [
    "a private endpoint for everybody",
    { cluster: { endpoint: { privateCidrs: ["0.0.0.0/0"] } } },
    "cluster.endpoint.privateCidrs[0]",
    ["/8 or smaller"],
  ],
  [
    "more sources than the group takes rules",
    {
      cluster: {
        endpoint: {
          privateCidrs: Array.from({ length: 51 }, (_, n) => `10.8.${n}.0/24`),
        },
      },
    },
    "cluster.endpoint.privateCidrs",
    ["51 ranges", "takes 60"],
  ],
]);
