import { waveInputs } from "../../support/wave-inputs";
import { exampleSettings } from "../../support/settings";
import { named, waveObjects } from "../../support/wave";

const { identity } = waveInputs(exampleSettings());
const { serviceAccounts } = waveObjects();

test("K8S-11, SET-06: wave-sa has the server's role, in Wave's namespace", () => {
  expect(named(serviceAccounts, "wave-sa").metadata).toMatchObject({
    namespace: "wave",
    annotations: { "eks.amazonaws.com/role-arn": identity.serverRoleArn },
  });
});

test("K8S-09, SET-06: wave-build-sa has the builds' own role, in their namespace", () => {
  expect(named(serviceAccounts, "wave-build-sa").metadata).toMatchObject({
    namespace: "wave-build",
    annotations: { "eks.amazonaws.com/role-arn": identity.buildRoleArn },
  });
  expect(identity.buildRoleArn).not.toBe(identity.serverRoleArn);
});

test("K8S-09, DEP-15: no account hands out a token for the Kubernetes API by itself", () => {
  for (const name of ["wave-sa", "wave-build-sa"]) {
    expect(named(serviceAccounts, name).automountServiceAccountToken).toBe(
      false,
    );
  }
});
