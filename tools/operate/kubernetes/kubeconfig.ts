import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ClusterLogin } from "./cluster";

/**
 * Work with kubectl, which takes no token but from a file or its arguments: the file is readable by this user only, and is gone
 * when the work has ended.
 *
 * @param work Is given the path, for `KUBECONFIG`.
 */
export async function withKubeconfig<T>(
  { name, endpoint, certificateAuthority, token }: ClusterLogin,
  work: (kubeconfig: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "wave-eks-"));
  const file = join(folder, "kubeconfig");
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [
      {
        name,
        cluster: {
          server: endpoint,
          "certificate-authority-data":
            Buffer.from(certificateAuthority).toString("base64"),
        },
      },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
  try {
    writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    return await work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
