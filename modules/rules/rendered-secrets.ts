import { type Problem } from "../lib/problem";
import {
  type Rendered,
  configPath,
  containerOf,
  containersOf,
  isInside,
  items,
  podsOf,
  problemIf,
  property,
  secretOf,
  shown,
  textsOf,
  variable,
} from "./rendered-reading";
import { redisAuth } from "../wave/line-defaults";

/** `scheme://user:password@host` and `scheme://:password@host`. */
const USER_INFO = /[a-z][a-z0-9+.-]*:\/\/[^\s/@]*@/i;

/** Last part of a key whose value is a secret. */
const SECRET_KEY =
  /(password|secret|secret-key|secretkey|token|access-key|accesskey)$/i;

/** Classes that print the address of Redis at INFO, password included (CFG-28). */
const LOGGERS = [
  "io.seqera.wave.service.cache.impl.RedisFactory",
  "io.seqera.wave.ratelimit.impl.SpillWayStorageFactory",
];

/** VR-19: no address with user info in the ConfigMap or in any object. */
export function noUserInfoInAddresses({ objects }: Rendered): Problem[] {
  const { configFile, configMap, ...others } = objects;
  const places = [
    ...textsOf(configFile).map(({ at, text }) => ({
      path: configPath(at),
      text,
    })),
    ...textsOf({
      ...others,
      configMap: { ...configMap.data, "config.yml": "" },
    }).map(({ at, text }) => ({ path: at, text })),
  ];
  return (
    places
      // The cheap question first: most texts hold no address at all.
      .filter(({ text }) => text.includes("://") && USER_INFO.test(text))
      .map(({ path, text }) => ({
        path,
        given: text.replace(/\/\/[^@]*@/, "//…@"),
        allowed: "an address without user and password",
        fix: "keep the password in Secrets Manager: it reaches the pod through a Secret (VR-19)",
      }))
  );
}

/** VR-19: keys of `config.yml` that hold a secret hold a placeholder. */
export function noSecretInTheConfigFile({ properties }: Rendered): Problem[] {
  return [...properties]
    .filter(
      ([key, value]) =>
        SECRET_KEY.test(key) &&
        value !== null &&
        value !== "" &&
        !(typeof value === "string" && /^\$\$\{[^}]+\}$/.test(value)),
    )
    .map(([key]) => ({
      path: configPath(key),
      given: "a value",
      allowed: "a placeholder that Wave fills from its Secret, or no key",
      fix: "remove the key: the Secret wave-secrets sets it through the environment (VR-19)",
    }));
}

/** VR-19: variables with a secret in their name are read from a Secret; no password in arguments. */
export function noSecretInPods({ objects }: Rendered): Problem[] {
  return podsOf(objects).flatMap((pod) =>
    containersOf(pod).flatMap(({ env, args, command }) => [
      ...items(env)
        .filter(
          ({ name, value }) =>
            /PASS(WORD)?$|SECRET|TOKEN$|ACCESS_KEY|_PAT$/.test(name) &&
            value !== undefined,
        )
        .map(({ name }) => ({
          path: `${pod.object}: env ${name}`,
          given: "a literal value",
          allowed: "a reference to a Secret",
          fix: "read the variable from a Secret (VR-19)",
        })),
      ...problemIf(
        [...(command ?? []), ...(args ?? [])].some((text) =>
          /^(-p|--pass(word)?)(=|$)/.test(text),
        ),
        {
          path: `${pod.object}: args`,
          given: "a password argument",
          allowed:
            "no password: arguments are readable by everybody who may list pods",
          fix: "read the password from the environment (VR-19)",
        },
      ),
    ]),
  );
}

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

/** VR-22, CFG-28: a Redis password comes from a Secret, and the loggers that would print it are silenced. */
export function redisPassword(rendered: Rendered): Problem[] {
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

/** VR-40: the address of Redis has the scheme of the settings and a port; the client has no default port. */
export function redisAddress(rendered: Rendered): Problem[] {
  const { tls, auth } = rendered.settings.data.redis;
  const uri = property(rendered, "redis.uri");
  if (auth && uri === undefined) return [];
  const scheme = tls ? "rediss" : "redis";
  const right =
    typeof uri === "string" &&
    new RegExp(`^${scheme}://[^/\\s@:]+:\\d+$`).test(uri);
  return problemIf(!right, {
    path: configPath("redis.uri"),
    given: shown(uri),
    allowed: `${scheme}://<host>:<port>`,
    fix: "write scheme, host and port; plain redis:// only with data.redis.tls: false (VR-40)",
  });
}
