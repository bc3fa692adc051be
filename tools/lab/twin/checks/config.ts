import { run } from "../../system/process";
import { type PlacedPod } from "../places";
import { type World, commandOf, envOf } from "../world";

/** oauth2-proxy reads its flags, and takes a key of a cookie's length only. */
export async function checkLoginConfig(
  { report }: World,
  pod: PlacedPod,
  program: string,
): Promise<void> {
  const test = async (secret?: string) => {
    const [command, args] = commandOf(pod, program, {
      args: ["--config-test"],
    });
    const { code, lines } = await run(command, args, {
      step: "twin-login-config",
      env: envOf(pod, "", {
        env: secret === undefined ? {} : { OAUTH2_PROXY_COOKIE_SECRET: secret },
      }),
      quiet: true,
    });
    return { passes: code === 0, why: lines.slice(-2).join(" | ") };
  };
  const own = await test();
  report.check(
    "oauth2-proxy --config-test takes the flags and the secrets",
    own.passes,
    own.passes ? undefined : own.why,
  );
  for (const length of [15, 31, 33, 40])
    report.check(
      `oauth2-proxy refuses a cookie secret of ${length} characters`,
      !(await test("x".repeat(length - 1) + "-")).passes,
    );
}

/** nginx reads the text of the ConfigMap, which writes to the volume alone. */
export async function checkGatewayConfig(
  { report }: World,
  pod: PlacedPod,
  program: string,
  text: string,
): Promise<void> {
  const [command, args] = commandOf(pod, program, { args: ["-t"] });
  // Not into a socket, which is what Node's pipes are: nginx opens /dev/stdout.
  const script = 'exec "$0" "$@" > /dev/null';
  const { code, lines } = await run("sh", ["-c", script, command, ...args], {
    step: "twin-gateway-config",
    env: envOf(pod, ""),
  });
  report.check(
    "nginx -t takes the ConfigMap's text",
    code === 0,
    code === 0 ? undefined : lines.join(" | "),
  );
  const written = [
    "pid",
    "client_body_temp_path",
    "proxy_temp_path",
    "fastcgi_temp_path",
    "uwsgi_temp_path",
    "scgi_temp_path",
  ];
  const elsewhere = written.filter(
    (name) => !new RegExp(`^\\s*${name}\\s+/tmp/`, "m").test(text),
  );
  report.check(
    "nginx writes to its volume alone",
    elsewhere.length === 0 && pod.folders.has("/tmp"),
    elsewhere.join(", ") || undefined,
  );
}
