import { type Aws, targetCall } from "../../aws/client";
import { type Fault } from "./fault";

const quota = (
  aws: Aws,
  ServiceCode: string,
  QuotaCode: string,
  DesiredValue: number,
) =>
  targetCall(
    aws,
    "servicequotas",
    "ServiceQuotasV20190624.RequestServiceQuotaIncrease",
    { ServiceCode, QuotaCode, DesiredValue },
  );
const smallQuota = (
  [service, code, value, granted]: readonly [string, string, number, number],
  path: string,
  severity?: "know",
): Fault => ({
  name: `quota ${code} is ${value}`,
  path,
  says: new RegExp(`is ${value};`),
  severity,
  seed: ({ lab }) => quota(lab.aws, service, code, value),
  fix: ({ lab }) => quota(lab.aws, service, code, granted),
});

/** Of quotas, zones, instance types, and DNS. */
export const REGION_FAULTS: readonly Fault[] = [
  {
    name: "there is no such hosted zone",
    path: "dns.hostedZoneId",
    says: /no hosted zone/,
    patch: { dns: { hostedZoneId: "Z0NOSUCHZONE" } },
  },
  {
    name: "the host name is outside the zone",
    path: "wave.hostname",
    says: /not in the zone/,
    // Without mail: its domain would be refused before anybody is asked.
    patch: { wave: { hostname: "wave.example.net", mail: undefined } },
  },
  {
    name: "nobody delegates to the zone",
    path: "dns.hostedZoneId",
    says: /knows no name servers/,
    seed: ({ dns, zone }) => {
      dns.delegations.delete(zone);
    },
    fix: ({ dns, zone, nameServers }) => {
      dns.delegations.set(zone, nameServers);
    },
  },
  {
    name: "the delegation leads elsewhere",
    path: "dns.hostedZoneId",
    says: /ns1\.registrar\.example/,
    seed: ({ dns, zone }) => {
      dns.delegations.set(zone, ["ns1.registrar.example"]);
    },
    fix: ({ dns, zone, nameServers }) => {
      dns.delegations.set(zone, nameServers);
    },
  },
  smallQuota(["ec2", "L-1216C47A", 16, 640], "cluster.nodeGroups"),
  {
    ...smallQuota(["ec2", "L-1216C47A", 40, 640], "cluster.nodeGroups"),
    severity: "know",
  },
  smallQuota(["ec2", "L-0263D0A3", 2, 40], "network.natGateways"),
  smallQuota(["vpc", "L-F678F1CE", 0, 20], "network.kind"),
  smallQuota(["vpc", "L-A4707A72", 0, 20], "network.internet"),
  smallQuota(["vpc", "L-FE5A380F", 0, 10], "network.zones"),
  {
    name: "a zone that the account does not have",
    path: "network.zones",
    says: /^"f"/,
    patch: { network: { zones: ["a", "b", "f"] } },
  },
  {
    name: "an instance type that the region does not offer",
    path: "cluster.nodeGroups.system.instanceTypes",
    says: /does not offer/,
    patch: {
      cluster: { nodeGroups: { system: { instanceTypes: ["m5a.9xlarge"] } } },
    },
  },
];
