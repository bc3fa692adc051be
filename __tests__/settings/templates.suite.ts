import { checkSettings } from "../../modules/rules";
import { currentSettings, exampleSettings } from "../support/settings";
import { testRefused } from "../support/settings-rules";

const WORDS = ["${", "Terraform evaluates"];

testRefused([
  [
    "an expression in a registry",
    { wave: { publicRepository: "${REGISTRY}/wave" } },
    "wave.publicRepository",
    WORDS,
  ],
  [
    "an expression in Platform's address",
    { wave: { platform: { apiUrl: "https://${HOST}/api" } } },
    "wave.platform.apiUrl",
    WORDS,
  ],
  [
    "an expression in a record",
    { wave: { mail: { dmarc: "v=DMARC1; p=${POLICY}" } } },
    "wave.mail.dmarc",
    WORDS,
  ],
  [
    "an expression that is escaped already",
    { wave: { licenseServerUrl: "https://$${HOST}" } },
    "wave.licenseServerUrl",
    WORDS,
  ],
  [
    "a directive",
    { wave: { publicRepository: "%{if true}x%{endif}/wave" } },
    "wave.publicRepository",
    ["%{", "Terraform evaluates"],
  ],
]);

test("JVM options may hold both forms: they are escaped, and Kubernetes resolves $(POD_NAME)", () => {
  const jvmOptions =
    "-Xmx2g -XX:MaxDirectMemorySize=100m -Dio.netty.allocator.type=pooled -Da=${b} -Dc=$(POD_NAME)";
  expect(checkSettings(exampleSettings({ wave: { jvmOptions } }))).toEqual([]);
  expect(checkSettings(currentSettings({ wave: { jvmOptions } }))).toEqual([]);
});
