import { registryPorts } from "../../modules/wave/registry-ports";
import { networkOf } from "../support/network";
import { currentSettings, exampleSettings } from "../support/settings";
import { resourcesOf } from "../support/synth";
import {
  currentObjects,
  liteObjects,
  named,
  waveObjects,
} from "../support/wave";

const HOST = "registry.example.com";
const change = {
  charts: { efsCsiDriver: { image: `${HOST}:5001/efs:v1` } },
  registries: [{ host: `${HOST}:5004`, secret: "wave/mirror" }],
  wave: {
    images: { kaniko: `${HOST}:5002/kaniko:v1` },
    publicRepository: `${HOST}:5003/public`,
    build: { cache: `${HOST}:5002/cache` },
  },
};

test("every registry of the settings counts once, by the port of its address", () => {
  expect(registryPorts(exampleSettings(change))).toEqual([
    5001, 5002, 5003, 5004,
  ]);
  expect(registryPorts(exampleSettings())).toEqual([]);
  expect(
    registryPorts(
      currentSettings({
        wave: {
          images: {
            buildkit: `${HOST}/buildkit:5000`,
            skopeo: `${HOST}/skopeo@sha256:${"0".repeat(64)}`,
          },
          build: { cache: "s3://layers/cache" },
        },
      }),
    ),
  ).toEqual([]);
});

test("nodes of builds and their pods reach them", () => {
  const groups = Object.values(
    resourcesOf(networkOf(change), "aws_vpc_security_group_egress_rule"),
  ).filter(({ cidr_ipv4 }) => cidr_ipv4 === "0.0.0.0/0");
  const ports = [80, 443, 5001, 5002, 5003, 5004];
  expect(new Set(groups.map(({ from_port }) => from_port))).toEqual(
    new Set(ports),
  );
  const { spec } = named(waveObjects(change).networkPolicies, "wave-build");
  expect(JSON.stringify(spec)).toContain(
    JSON.stringify(
      ports.map((port) => ({ port: String(port), protocol: "TCP" })),
    ),
  );
});

test("Wave itself reaches the same ports, in Lite too", () => {
  for (const objects of [waveObjects(change), liteObjects(change)])
    expect(
      JSON.stringify(named(objects.networkPolicies, "wave").spec.egress),
    ).toMatch(/"5002".*"5003"/);
});

test("more ports, and those of registries with a login", () => {
  const more = {
    registries: [{ host: `${HOST}:5004`, secret: "wave/registry" }],
    wave: { egress: { ports: [8443, 5004] } },
  };
  expect(registryPorts(exampleSettings(more))).toEqual([5004, 8443]);
});

test("addresses of a registry in the VPC are open to builds, on these ports alone", () => {
  const inVpc = {
    wave: { egress: { ports: [8443], cidrs: ["10.40.224.10/32"] } },
  };
  const { egress } = named(
    currentObjects(inVpc).networkPolicies,
    "wave-build",
  ).spec;
  expect(egress).toContainEqual({
    to: [{ ipBlock: { cidr: "10.40.224.10/32" } }],
    ports: ["80", "443", "8443"].map((port) => ({ port, protocol: "TCP" })),
  });
  expect(JSON.stringify(egress)).toContain('"except":["10.40.0.0/16",');
});

test("without the setting builds reach nothing in the VPC", () => {
  const { egress } = named(currentObjects().networkPolicies, "wave-build").spec;
  expect(egress).toHaveLength(2);
});
