import { resolverOf } from "../../../../../tools/operate/doctor/resolver";
import { startDns } from "../../../../../tools/lab/operate/doctor/dns";

test("a resolver reads its name servers, and that there are none", async () => {
  const dns = await startDns();
  try {
    dns.delegations.set("example.com", [
      "ns-1.example.net",
      "ns-2.example.org.",
    ]);
    const nameServersOf = resolverOf({ DNS_SERVERS: dns.address });
    expect((await nameServersOf("example.com")).sort()).toEqual([
      "ns-1.example.net",
      "ns-2.example.org",
    ]);
    await expect(nameServersOf("other.com")).rejects.toMatchObject({
      code: "ENOTFOUND",
    });
  } finally {
    dns.close();
  }
});
