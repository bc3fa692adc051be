import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { APPS, DEPLOYMENTS, WORKERS_PATH } from "../../modules/emg/names";
import { emgSection } from "../../modules/emg/settings/schema";
import { projectFile } from "../../modules/lib/project-file";

const KIT = projectFile("manifests", "emg", "worker");
const PASSWORD = "a1B2".repeat(10);
const SECRET =
  "arn:aws:secretsmanager:eu-central-1:123456789012:secret:emg-prod-emg-worker-codon-slurm-x";
const API = `https://prefect.emg.example.org${WORKERS_PATH}`;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emg-worker-"));
  answer(PASSWORD);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** An AWS CLI that notes its arguments, and those of every process that it sees. */
function answer(text: string): void {
  const aws = join(folder, "aws");
  writeFileSync(
    aws,
    `#!/bin/sh\necho "$@" >>"${folder}/calls"\nprintf '%s\\n' "${text}"\n`,
  );
  chmodSync(aws, 0o755);
}

function run(args: string[], env: Record<string, string> = {}) {
  const inherited = { ...process.env };
  delete inherited.PREFECT_API_KEY;
  return spawnSync("sh", ["-x", join(KIT, "worker.sh"), ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...inherited, PATH: `${folder}:${process.env.PATH}`, ...env },
  });
}

/** Variables as a shell reads them from the file. */
function variablesOf(file: string): Record<string, string> {
  const shell = `set -a; . ./${file}; env -0`;
  const { stdout } = spawnSync("sh", ["-c", shell], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "" },
  });
  const entries = stdout
    .split("\0")
    .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string])
    .filter(([name]) => name.startsWith("PREFECT"));
  return Object.fromEntries(entries);
}

test("E-60, E-82: a worker gets its address, its login for HTTP, and the same as a header for WebSockets", () => {
  // Long enough for base64 to break the line.
  const worker = "codon-slurm".padEnd(32, "x");
  const { status } = run([worker, API, SECRET]);
  expect(status).toBe(0);
  const login = `${worker}:${PASSWORD}`;
  const variables = variablesOf("worker.env");
  expect(variables).toEqual({
    PREFECT_API_URL: "https://prefect.emg.example.org/workers/api",
    PREFECT_UI_URL: "https://prefect.emg.example.org",
    PREFECT_API_AUTH_STRING: login,
    PREFECT_CLIENT_CUSTOM_HEADERS: expect.any(String) as string,
  });
  expect(
    JSON.parse(variables.PREFECT_CLIENT_CUSTOM_HEADERS ?? "") as unknown,
  ).toEqual({
    Authorization: `Basic ${Buffer.from(login).toString("base64")}`,
  });
  expect(readFileSync(join(folder, "calls"), "utf8")).toBe(
    `secretsmanager get-secret-value --region eu-central-1 --secret-id ${SECRET} --query SecretString --output text\n`,
  );
});

test("E-60: the file is for its owner alone, also where one was there before, and nothing else is left or printed", () => {
  writeFileSync(join(folder, "old.env"), "OLD=1\n", { mode: 0o644 });
  const { stdout, stderr } = run(["codon-slurm", API, SECRET, "old.env"]);
  expect(statSync(join(folder, "old.env")).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, "old.env"), "utf8")).not.toContain("OLD");
  expect(readdirSync(folder).sort()).toEqual(["aws", "calls", "old.env"]);
  expect(stdout + stderr).not.toContain(PASSWORD);
});

test("E-60: programs that the script starts get no password as an argument", () => {
  for (const program of ["base64", "cut", "mktemp", "mv", "tr"]) {
    const path = spawnSync("sh", ["-c", `command -v ${program}`], {
      encoding: "utf8",
    }).stdout.trim();
    const spy = `#!/bin/sh\necho "${program} $@" >>"${folder}/calls"\nexec ${path} "$@"\n`;
    writeFileSync(join(folder, program), spy, { mode: 0o755 });
  }
  expect(run(["codon-slurm", API, SECRET]).status).toBe(0);
  const calls = readFileSync(join(folder, "calls"), "utf8");
  expect(calls).toContain("base64");
  expect(calls).not.toContain(PASSWORD);
  const header = Buffer.from(`codon-slurm:${PASSWORD}`).toString("base64");
  expect(calls).not.toContain(header);
});

test.each<[string, string[], Record<string, string>, string]>([
  ["a key of Prefect Cloud", [API, SECRET], { PREFECT_API_KEY: "" }, "unset"],
  ["no TLS", ["http://prefect/api", SECRET], {}, "no address of the API"],
  ["the pages of Prefect", ["https://p.example", SECRET], {}, "no address"],
  ["a name of a secret", [API, "codon"], {}, "no ARN"],
])("E-60: %s is refused, and no file is written", (_, args, env, message) => {
  const { status, stderr } = run(["codon-slurm", ...args], env);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(readdirSync(folder)).toEqual(["aws"]);
});

test.each(["", "None", '{"password":"x"}'])(
  "E-60: a secret that holds %j makes no file",
  (text) => {
    answer(text.replace(/"/g, '\\"'));
    const { status, stderr } = run(["codon-slurm", API, SECRET]);
    expect(status).toBe(1);
    expect(stderr).toContain("holds no password");
    expect(readdirSync(folder)).not.toContain("worker.env");
  },
);

test("E-60: the template has the variables that the script writes", () => {
  run(["codon-slurm", API, SECRET]);
  const template = readFileSync(join(KIT, "worker.env"), "utf8");
  const names = [...template.matchAll(/^(PREFECT\w+)=/gm)].map(
    ([, name]) => name,
  );
  expect(names.sort()).toEqual(Object.keys(variablesOf("worker.env")).sort());
  // prefect-basic differs in the values only.
  for (const name of names) expect(template).toContain(`#${name}=`);
});

interface Taskfile {
  readonly vars: Record<string, string>;
  readonly tasks: Record<string, { desc: string; cmds: unknown[] }>;
}

const { tasks, vars } = parse(
  readFileSync(projectFile("manifests", "emg", "Taskfile.yaml"), "utf8"),
) as Taskfile;
const commands = Object.values(tasks)
  .flatMap(({ cmds }) => cmds)
  .filter((one) => typeof one === "string");

test("E-73: the daily commands have the names that the team knows", () => {
  expect(Object.keys(tasks)).toEqual(
    expect.arrayContaining([
      ...["update-api", "build", "deploy-flow", "migrate"],
      ...["deploy", "up", "down", "restart", "exec", "kubectl"],
      ...["get-api-pod-name", "get-prefect-pod-name", "make-pool"],
    ]),
  );
});

test("E-73: commands go to one context and namespace, and to objects that the stack makes", () => {
  expect(vars.KUBECTL).toBe(
    "kubectl --context={{.CONTEXT}} --namespace={{.NAMESPACE}}",
  );
  const namespace = emgSection.shape.namespace.parse(undefined);
  expect(vars.NAMESPACE).toBe(`{{.NAMESPACE | default "${namespace}"}}`);
  const deployments: string[] = Object.values(DEPLOYMENTS);
  const apps: string[] = Object.values(APPS);
  for (const command of commands) {
    expect(command).not.toMatch(/(^|[^{.])\bkubectl /);
    for (const [, name = ""] of command.matchAll(/-it deployment\/([\w-]+)/g))
      expect(deployments).toContain(name);
    const [, one, several] =
      /--selector='?app(?:=([\w-]+)| in \(([^)]*)\))/.exec(command) ?? [];
    for (const app of (several ?? one ?? "").split(", ").filter(Boolean))
      expect(apps).toContain(app);
  }
});

test("E-70, E-72: a new image is in the settings before it is built, and is deployed by Terraform, which migrates first", () => {
  expect(tasks["update-api"]).toMatchObject({
    preconditions: [{ sh: expect.stringContaining("grep") as string }],
    cmds: [{ task: "build" }, { task: "deploy" }],
  });
  expect(tasks.deploy?.cmds).toEqual([
    "ENVIRONMENT={{.ENVIRONMENT}} npx cdktf deploy emg",
  ]);
});

test("E-61, E-71, E-72: flows are registered and the database is migrated in a pod of the API, whose variables lead to both", () => {
  const command = (task: string) => String(tasks[task]?.cmds[0]);
  const inside = "{{.KUBECTL}} exec -it deployment/emgapiv2-app -- python";
  expect(command("migrate")).toBe(`${inside} manage.py migrate --noinput`);
  const flow = command("deploy-flow");
  expect(flow.startsWith(`${inside} manage.py prefectcli deploy`)).toBe(true);
  expect(flow).toContain('printf "workflows/flows/%s.py" .FLOW');
  expect(flow).toContain("--name {{.FLOW}}_deployment -p {{.POOL}}");
  expect(vars.POOL).toContain('"slurm"');
});
