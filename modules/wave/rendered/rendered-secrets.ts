import { type Problem } from "../../lib/problem";
import {
  type Rendered,
  configPath,
  containersOf,
  items,
  podsOf,
  problemIf,
  textsOf,
} from "./rendered-reading";

/** `scheme://user:password@host` and `scheme://:password@host`. */
const USER_INFO = /[a-z][a-z0-9+.-]*:\/\/[^\s/@]*@/i;

/** Last part of a key whose value is a secret. */
const SECRET_KEY =
  /(password|secret|secret-key|secretkey|token|access-key|accesskey)$/i;

/** VR-19: no address with user info in the ConfigMap or in any object. */
export function noUserInfoInAddresses(rendered: Rendered): Problem[] {
  const { objects } = rendered;
  const { configFile, configMap, ...others } = objects;
  const places = [
    ...textsOf(configFile).map(({ at, text }) => ({
      path: configPath(rendered, at),
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
export function noSecretInTheConfigFile(rendered: Rendered): Problem[] {
  const { ecrExternalId } = rendered.settings.wave.current;
  return [...rendered.properties]
    .filter(
      ([key, value]) =>
        SECRET_KEY.test(key) &&
        // With a role as user, the password is an external id, which is no secret (CFG-R1).
        !(ecrExternalId === value && key.includes(".dkr.ecr.")) &&
        value !== null &&
        value !== "" &&
        !(typeof value === "string" && /^\$\$\{[^}]+\}$/.test(value)),
    )
    .map(([key]) => ({
      path: configPath(rendered, key),
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
