import { spawnSync } from "node:child_process";
import { projectFile } from "../../../modules/lib/project-file";
import { type Lab } from "../lab";
import { isRestored, startServers } from "./local-postgres";

const PROPS = {
  user: "wave_user",
  password: "lab",
  databases: { wave: "wave_user" },
};

/** The very script of the pod that copies, where it cannot reach a server, and then where it can. */
export function checkCopy({ report }: Lab): void {
  const servers = startServers(PROPS);
  if (servers === undefined) {
    report.skip("the copy of a restore", "this machine has no PostgreSQL");
    return;
  }
  const { past, living, folder, contents } = servers;
  const copy = (host: string) =>
    spawnSync("sh", [projectFile("tools", "operate", "restore", "copy.sh")], {
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        LC_ALL: "C",
        PGPORT: "5432",
        PGUSER: PROPS.user,
        PGPASSWORD: PROPS.password,
        PAST_HOST: past.host,
        LIVING_HOST: host,
        DATABASES: "wave:wave_user",
        WORK: folder,
      },
    });
  try {
    const before = contents(living);
    const broken = copy("/nowhere");
    report.check(
      "a copy that fails leaves the living database as it was",
      broken.status !== 0 && contents(living) === before,
      broken.stderr,
    );
    const done = copy(living.host);
    report.check(
      "after the copy the living database has what the past has, and nothing else",
      done.status === 0 && isRestored(servers),
      done.stderr + done.stdout,
    );
  } finally {
    servers.stop();
  }
}
