import { javaNonProxyHosts } from "../../modules/lib/java-proxy";

test.each([
  ["10.40.0.0/16", "10.40.*"],
  ["10.0.0.0/8", "10.*"],
  ["10.60.4.0/23", "10.60.4.*|10.60.5.*"],
  ["172.20.0.0/14", "172.20.*|172.21.*|172.22.*|172.23.*"],
  ["192.168.1.8/31", "192.168.1.8|192.168.1.9"],
  ["10.1.2.3/32", "10.1.2.3"],
  [".example.com", "*.example.com"],
  ["registry.example.com", "registry.example.com"],
])("%s is %s", (entry, patterns) => {
  expect(javaNonProxyHosts([entry])).toBe(patterns);
});

test("all in one", () => {
  expect(javaNonProxyHosts(["localhost", ".svc", "10.0.0.0/8"])).toBe(
    "localhost|*.svc|10.*",
  );
});
