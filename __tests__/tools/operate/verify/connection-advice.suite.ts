import { adviseOnSilence } from "../../../../tools/operate/verify/connection-advice";
import { targetOf } from "../../../../tools/operate/verify/target";
import {
  type SettingsChange,
  exampleSettings,
} from "../../../support/settings";

/** The advice on a code of Node, as one text. */
function advice(
  code: string,
  change: SettingsChange = {},
  options: { url?: string } = {},
): string {
  const settings = exampleSettings(change);
  const made = targetOf(settings.wave.hostname, options);
  if (!("target" in made)) throw new Error("bad options");
  const { cause, fix } = adviseOnSilence(
    { code, message: `message of ${code}` },
    settings,
    made.target,
  );
  return `${cause}\n${fix}`;
}

test.each([
  ["ENOTFOUND", /wave\.example\.com has no address[^]*not delegated/],
  ["EAI_AGAIN", /wave\.example\.com has no address/],
  ["ECONNREFUSED", /not the load balancer[^]*load_balancer_hostname/],
  ["ENETUNREACH", /firewall[^]*way out of this network/],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /for another name than wave\.example\.com/],
  ["CERT_HAS_EXPIRED", /outside its dates/],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", /does not trust[^]*NODE_EXTRA_CA_CERTS/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /does not trust/],
  ["ECONNRESET", /closed before an answer/],
  ["EMFILE", /message of EMFILE/],
])("%s has its cause", (code, expected) => {
  expect(advice(code)).toMatch(expected);
});

test("without a hosted zone a missing name is the operator's record to make", () => {
  const dns = { hostedZoneId: undefined };
  expect(advice("ENOTFOUND", { dns })).toContain("dns_records");
});

test("ING-11: an internal load balancer, and one with ranges, explain why there is no connection", () => {
  const over = (ingress: NonNullable<SettingsChange["wave"]>["ingress"]) =>
    advice("CONNECT_TIMEOUT", { wave: { ingress } });
  expect(over({ scheme: "internal" })).toMatch(/is internal[^]*inside the VPC/);
  expect(over({ inboundCidrs: ["198.51.100.0/24"] })).toContain(
    "lets in only 198.51.100.0/24",
  );
});

test("with an address of one's own the advice is about that address", () => {
  const options = { url: "http://localhost:9090" };
  for (const code of ["ENOTFOUND", "ECONNREFUSED", "CONNECT_TIMEOUT"])
    expect(advice(code, {}, options)).toMatch(/--url|that were named/);
});
