import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type ClusterLogin } from "../kubernetes/cluster";
import { withKubeconfig } from "../kubernetes/kubeconfig";

/** Where a port leads. */
interface Forward {
  readonly namespace: string;
  /** Such as `deployment/surrealv1`. */
  readonly to: string;
  /** Of the pod. */
  readonly port: number;
}

/**
 * Work with a port of a pod, by `kubectl port-forward` to a free port of this machine, which ends with the work.
 *
 * @throws Error when kubectl ends before it forwards, with its words.
 */
export const withForwardedPort = <T>(
  login: ClusterLogin,
  { namespace, to, port }: Forward,
  work: (address: string) => Promise<T>,
): Promise<T> =>
  withKubeconfig(login, async (kubeconfig) => {
    const child = spawn(
      "kubectl",
      ["port-forward", "-n", namespace, to, `:${port}`],
      {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, KUBECONFIG: kubeconfig },
      },
    );
    try {
      return await work(await addressOf(child));
    } finally {
      child.kill();
    }
  });

/** `Forwarding from 127.0.0.1:34567 -> 8000`. */
function addressOf(child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      if (stream)
        createInterface({ input: stream }).on("line", (line) => {
          said.push(line);
          const [, found] =
            /Forwarding from (127\.0\.0\.1:\d+)/.exec(line) ?? [];
          if (found !== undefined) resolve(`http://${found}`);
        });
    child.on("error", reject);
    child.on("close", () => {
      reject(new Error(`kubectl port-forward ended: ${said.join(" ")}`));
    });
  });
}
