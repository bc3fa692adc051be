import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from "node:http";
import { type AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { track } from "../system/process";

/** A Git repository that can be fetched by HTTP from the loopback address. */
export interface GitServer {
  readonly url: string;
  /** Makes these files, by path, the whole content of branch `main`. */
  readonly commit: (files: Readonly<Record<string, string>>) => void;
  readonly close: () => void;
}

/** @param folder Of the repository; what was there is removed. */
export async function serveGit(folder: string): Promise<GitServer> {
  const repository = join(folder, "releases");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(repository, { recursive: true });
  const git = gitIn(repository);
  git("init", "--quiet", "--initial-branch=main");
  const server = createServer((request, response) => {
    answer(folder, request, response);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/releases`,
    commit: (files) => {
      git("rm", "-r", "--quiet", "--ignore-unmatch", ".");
      for (const [path, text] of Object.entries(files)) {
        const file = join(repository, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message=releases");
    },
    close: () => {
      server.close();
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // It must not keep a run alive that has ended.
  server.unref();
  return (server.address() as AddressInfo).port;
}

/** Without the settings of whoever runs the lab. */
const gitEnv = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "lab",
  GIT_AUTHOR_EMAIL: "lab@example.org",
  GIT_COMMITTER_NAME: "lab",
  GIT_COMMITTER_EMAIL: "lab@example.org",
};

const gitIn =
  (cwd: string) =>
  (...args: readonly string[]): void => {
    const env = { ...process.env, ...gitEnv };
    const { status, stderr } = spawnSync("git", args, {
      ...{ cwd, env, encoding: "utf8" },
    });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  };

/** One request, by the CGI program that comes with Git. */
function answer(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, search } = new URL(request.url ?? "", "http://lab");
  const { headers } = request;
  const child = track(
    spawn("git", ["http-backend"], {
      env: {
        ...process.env,
        ...gitEnv,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: "1",
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: headers["content-type"] ?? "",
        HTTP_CONTENT_ENCODING: headers["content-encoding"] ?? "",
        GIT_PROTOCOL: [headers["git-protocol"]].flat().join(),
      },
    }),
  );
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.on("error", () => response.writeHead(500).end());
  child.on("close", () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf("\r\n\r\n");
    const head = output.subarray(0, end).toString("utf8").split("\r\n");
    for (const line of head) {
      const [name = "", value = ""] = line.split(/: (.*)/);
      if (name === "Status") response.statusCode = Number.parseInt(value);
      else response.setHeader(name, value);
    }
    response.end(output.subarray(end + 4));
  });
  // It may end without reading its input.
  child.stdin.on("error", () => undefined);
  request.pipe(child.stdin);
}
