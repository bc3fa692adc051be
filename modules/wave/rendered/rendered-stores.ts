import { type Problem } from "../../lib/problem";
import { isClassic } from "../release/line";
import { redisAuth } from "../release/line-defaults";
import {
  type Rendered,
  configPath,
  containerOf,
  isInside,
  items,
  problemIf,
  property,
  secretOf,
  shown,
  variable,
} from "./rendered-reading";

/** Classes that print the address of Redis at INFO, password included (CFG-28). */
const LOGGERS = [
  "io.seqera.wave.service.cache.impl.RedisFactory",
  "io.seqera.wave.ratelimit.impl.SpillWayStorageFactory",
];

/** VR-20: both ends of SurrealDB read their password from a Secret. Wave's own default is `root`. */
export function surrealPassword(rendered: Rendered): Problem[] {
  return [
    {
      deployment: "wave",
      name: "SURREAL_DEFAULT_PASSWORD",
      secret: "wave-secrets",
    },
    {
      deployment: "surrealv1",
      name: "SURREAL_PASS",
      secret: "surreal-credentials",
    },
  ].flatMap(({ deployment, name, secret }) => {
    const entry = variable(rendered, deployment, name);
    return problemIf(secretOf(entry) !== secret, {
      path: `Deployment ${deployment}: env ${name}`,
      given:
        entry === undefined
          ? "nothing"
          : `the Secret ${shown(secretOf(entry))}`,
      allowed: `the Secret ${secret}`,
      fix: "read it from this Secret: without it the password is the default, root (VR-20)",
    });
  });
}

/** VR-22, CFG-28, classic: a Redis password comes from a Secret, and the loggers that would print it are silenced. */
export function redisAddressFromSecret(rendered: Rendered): Problem[] {
  const entry = variable(rendered, "wave", "REDIS_URI");
  if (!redisAuth(rendered.settings))
    return problemIf(entry !== undefined, {
      path: "Deployment wave: env REDIS_URI",
      given: "present",
      allowed: "absent while data.redis.auth is off",
      fix: "write redis.uri in config.yml (VR-22)",
    });
  const container = containerOf(rendered, "wave");
  const options = variable(rendered, "wave", "WAVE_JVM_OPTS")?.value ?? "";
  const file = /-Dlogback\.configurationFile=(\S+)/.exec(options)?.[1];
  const mounted = items(container?.volumeMount).some(({ mountPath }) =>
    isInside(file ?? "", mountPath),
  );
  const logging = rendered.objects.configMap.data?.["logback.xml"] ?? "";
  const talkative = LOGGERS.filter(
    (name) => !new RegExp(`<logger name="${name}" level="WARN"`).test(logging),
  );
  return [
    ...problemIf(secretOf(entry) !== "wave-secrets", {
      path: "Deployment wave: env REDIS_URI",
      given:
        entry === undefined
          ? "nothing"
          : `the Secret ${shown(secretOf(entry))}`,
      allowed: "the Secret wave-secrets",
      fix: "read the address from the Secret: it holds the password (VR-22)",
    }),
    ...problemIf(!mounted, {
      path: "Deployment wave: env WAVE_JVM_OPTS",
      given: file ?? "no -Dlogback.configurationFile",
      allowed: "-Dlogback.configurationFile=<a file that is mounted>",
      fix: "mount the logback file: Wave logs the address of Redis, password included (VR-22, D-28)",
    }),
    ...talkative.map((name) => ({
      path: `manifests/wave/classic/logback.xml: ${name}`,
      given: "a level that prints the address of Redis",
      allowed: `<logger name="${name}" level="WARN"/>`,
      fix: "set the logger to WARN: it prints the password (VR-22, CFG-28)",
    })),
  ];
}

/** VR-21: PostgreSQL's password comes from a Secret, and that of Redis exactly when it asks for one. */
export function databasePasswords(rendered: Rendered): Problem[] {
  const auth = redisAuth(rendered.settings);
  const database = variable(rendered, "wave", "WAVE_DB_PASSWORD");
  const redis = variable(rendered, "wave", "REDIS_PASSWORD");
  return [
    ...problemIf(secretOf(database) !== "wave-secrets", {
      path: "Deployment wave: env WAVE_DB_PASSWORD",
      given: shown(secretOf(database)),
      allowed: "the Secret wave-secrets",
      fix: "read it from this Secret: without it the password is the default, changeme (VR-21)",
    }),
    ...problemIf(auth && secretOf(redis) !== "wave-secrets", {
      path: "Deployment wave: env REDIS_PASSWORD",
      given: shown(secretOf(redis)),
      allowed: "the Secret wave-secrets",
      fix: "read it from this Secret: Redis asks for a password (VR-21)",
    }),
    ...problemIf(!auth && redis !== undefined, {
      path: "Deployment wave: env REDIS_PASSWORD",
      given: "present",
      allowed: "absent while data.redis.auth is off",
      fix: "remove it: Redis refuses a password it does not ask for (VR-21)",
    }),
  ];
}

/** CFG-20, SEC-B46: the database has a host, a port and a name, and is asked over TLS; its user is no superuser. */
export function databaseAddress(rendered: Rendered): Problem[] {
  const uri = property(rendered, "wave.db.uri");
  const user = property(rendered, "wave.db.user");
  return [
    ...problemIf(
      !/^jdbc:postgresql:\/\/[^/\s@:]+:\d+\/wave\?sslmode=require$/.test(
        shown(uri),
      ),
      {
        path: configPath(rendered, "wave.db.uri"),
        given: shown(uri),
        allowed: "jdbc:postgresql://<host>:<port>/wave?sslmode=require",
        fix: "write host, port, database and sslmode: the server refuses plain connections (VR-06, CFG-20)",
      },
    ),
    ...problemIf(user !== "wave_user", {
      path: configPath(rendered, "wave.db.user"),
      given: shown(user),
      allowed: "wave_user, the owner of the database",
      fix: "write the user that stack data makes (VR-06, CFG-20)",
    }),
  ];
}

/** VR-40: the address of Redis has the scheme of the settings and a port; the client has no default port. */
export function redisAddress(rendered: Rendered): Problem[] {
  const { settings } = rendered;
  const { tls } = settings.data.redis;
  const uri = property(rendered, "redis.uri");
  // The classic line then reads all of it from a Secret (VR-22).
  if (isClassic(settings) && redisAuth(settings) && uri === undefined)
    return [];
  const scheme = tls ? "rediss" : "redis";
  const right =
    typeof uri === "string" &&
    new RegExp(`^${scheme}://[^/\\s@:]+:\\d+$`).test(uri);
  return problemIf(!right, {
    path: configPath(rendered, "redis.uri"),
    given: shown(uri),
    allowed: `${scheme}://<host>:<port>`,
    fix: "write scheme, host and port; plain redis:// only with data.redis.tls: false (VR-40)",
  });
}
