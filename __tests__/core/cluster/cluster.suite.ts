import { kubeAuthOf } from "../../../modules/core/cluster/cluster";
import { exampleSettings } from "../../support/settings";
import { onTerraformCloud } from "../../support/workloads";

test("a token on Terraform Cloud, exec elsewhere, and what the setting says", () => {
  const settings = exampleSettings();
  expect(kubeAuthOf(settings)).toBe("exec");
  expect(kubeAuthOf({ ...settings, ...onTerraformCloud })).toBe("token");
  expect(
    kubeAuthOf({ ...settings, ...onTerraformCloud, kubeAuth: "exec" }),
  ).toBe("exec");
  expect(kubeAuthOf({ ...settings, kubeAuth: "token" })).toBe("token");
});
