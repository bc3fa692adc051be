import { chooseCluster } from "../../../../tools/lab/kube/choose-cluster";
import { exampleSettings } from "../../../support/settings";
import { fakePrograms } from "../programs";

describe("LAB_KUBECONFIG", () => {
  const program = fakePrograms();

  const login = JSON.stringify({
    clusters: [{ cluster: { server: "https://lab.invalid:6443" } }],
    users: [{ user: { token: "secret" } }],
  });

  /** A kubectl that answers as a cluster would. */
  const kubectl = (change: Readonly<Record<string, string>> = {}) => {
    const answers = {
      config: `echo '${login}'`,
      get: `echo '{"gitVersion": "v1.36.3"}'`,
      auth: "echo yes",
      ...change,
    };
    program(
      "kubectl",
      [
        'case "$2 $3" in "get namespace") echo "not found" >&2; exit 1;; esac',
        'case "$2" in',
        ...Object.entries(answers).map(([verb, text]) => `${verb}) ${text};;`),
        "esac",
      ].join("\n"),
    );
  };
  const settings = exampleSettings();
  const choose = () =>
    chooseCluster(
      { LAB_KUBECONFIG: "/lab/kubeconfig" },
      settings,
      () => undefined,
    );

  test("a cluster that answers and lets us do everything is taken", async () => {
    kubectl();
    expect(await choose()).toMatchObject({ given: { version: "1.36.3" } });
  });

  test.each([
    [
      "cannot be read",
      { config: "echo 'no such file' >&2; exit 1" },
      /LAB_KUBECONFIG \/lab\/kubeconfig: kubectl cannot read it: .*no such file/,
    ],
    [
      "cannot be reached",
      { get: "echo 'connection refused' >&2; exit 1" },
      /https:\/\/lab\.invalid:6443 does not answer: .*connection refused/,
    ],
    [
      "is not ours to rule",
      { auth: "echo no; exit 1" },
      /the lab needs every permission in a throw-away cluster/,
    ],
    [
      "is older than the settings",
      { get: `echo '{"gitVersion": "v1.30.1"}'` },
      /its API server is 1\.30\.1, older than cluster\.version/,
    ],
  ])("one that %s is refused", async (_, change, message) => {
    kubectl(change);
    await expect(choose()).rejects.toThrow(message);
  });

  test("one without kubectl is refused", async () => {
    await expect(choose()).rejects.toThrow(/kubectl cannot read it.*ENOENT/);
  });
});
