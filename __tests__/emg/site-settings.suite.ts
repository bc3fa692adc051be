import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageFile } from "../../modules/lib/package-file";

const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython)
  process.stderr.write(
    "No Python on this machine: site_settings.py is not run.\n",
  );

/** Settings of an image that runs in debug mode, for others, and without TLS. */
const OF_IMAGE = `
DEBUG = True
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = ["http://localhost:9000"]
CSRF_COOKIE_SECURE = not DEBUG
ROOT_URLCONF = "emgapiv2.urls"
`;

const PRINT =
  "import json, site_settings as s; print(json.dumps({name: getattr(s, name) for name in dir(s) if name.isupper()}))";

/** What Django reads, before the settings of `OF_IMAGE`. */
function settingsWith(env: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "site-settings-"));
  try {
    mkdirSync(join(folder, "emgapiv2"));
    writeFileSync(join(folder, "emgapiv2", "settings.py"), OF_IMAGE);
    return spawnSync("python3", ["-B", "-c", PRINT], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        PYTHONPATH: packageFile("manifests/emg"),
        ...env,
      },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

(hasPython ? describe : describe.skip)("run by Python", () => {
  test("E-21: hosts are the API's and the pod's own, cookies want TLS, and debug mode is off whatever the image says", () => {
    const { stdout } = settingsWith({
      SITE_HOST: "api.example.org",
      POD_IP: "10.42.3.7",
      DJANGO_DEBUG: "false",
    });
    expect(JSON.parse(stdout)).toEqual({
      DEBUG: false,
      ALLOWED_HOSTS: ["api.example.org", "10.42.3.7", "localhost"],
      CSRF_TRUSTED_ORIGINS: ["https://api.example.org"],
      CSRF_COOKIE_SECURE: true,
      SESSION_COOKIE_SECURE: true,
      SECURE_PROXY_SSL_HEADER: ["HTTP_X_FORWARDED_PROTO", "https"],
      ROOT_URLCONF: "emgapiv2.urls",
    });
  });

  test("without a host it does not start", () => {
    const { status, stderr } = settingsWith({ POD_IP: "10.42.3.7" });
    expect(status).not.toBe(0);
    expect(stderr).toContain("SITE_HOST");
  });
});
