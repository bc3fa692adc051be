import { registryPorts } from "../../modules/wave/registry-ports";
import { networkOf } from "../support/network";
import { currentSettings, exampleSettings } from "../support/settings";
import { resourcesOf } from "../support/synth";
import { named, waveObjects } from "../support/wave";

const HOST = "registry.example.com";
const change = {
  charts: { efsCsiDriver: { image: `${HOST}:5001/efs:v1` } },
  wave: {
    images: { kaniko: `${HOST}:5002/kaniko:v1` },
    publicRepository: `${HOST}:5003/public`,
    build: { cache: `${HOST}:5002/cache` },
  },
};

test("every registry of the settings counts once, by the port of its address", () => {
  expect(registryPorts(exampleSettings(change))).toEqual([5001, 5002, 5003]);
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
  const ports = [80, 443, 5001, 5002, 5003];
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
