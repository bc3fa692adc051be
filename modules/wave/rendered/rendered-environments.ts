import { type Problem } from "../../lib/problem";
import {
  type Rendered,
  type Shape,
  configPath,
  containersOf,
  environmentsOf,
  items,
  podsOf,
  problemIf,
  property,
  shapeOf,
  shown,
  variable,
} from "./rendered-reading";

/** What Wave cannot do without (DEP-07, ENV-05, ENV-06); `alb` because our Ingress is a load balancer (VR-17). */
const REQUIRED: Readonly<Record<Shape, readonly string[]>> = {
  classic: ["redis", "surrealdb", "buildlogs-aws", "k8s"],
  current: ["postgres", "redis", "k8s", "rate-limit", "alb"],
  lite: ["lite", "postgres", "redis", "rate-limit", "alb"],
};

const OF_THE_CURRENT_LINE = [
  "mail",
  "aws-ses",
  "prometheus",
  "strict",
  "licman",
  "reserved-words",
  "legacy-http-connector",
  "prod",
];

/** Names that Wave reacts to besides (ENV-01, ENV-03); `ec2` has a rule of its own. */
const OPTIONAL: Readonly<Record<Shape, readonly string[]>> = {
  classic: [
    "mail",
    "aws-ses",
    "rate-limit",
    "prometheus",
    "licman",
    "prod",
    "legacy-http-connector",
    "surrealdb-legacy",
    "mysql",
    "buildlogs-local",
    "dev",
    "dev-k8s",
  ],
  current: OF_THE_CURRENT_LINE,
  lite: OF_THE_CURRENT_LINE,
};

const WITHOUT_THEM: Readonly<Record<Shape, string>> = {
  classic: "Wave keeps its records in memory or cannot build (VR-12)",
  current:
    "Wave keeps its records in memory, cannot build, or takes all clients for one (VR-13, VR-17)",
  lite: "Wave keeps its records in memory, asks for a build namespace, or takes all clients for one (VR-13, VR-17)",
};

const VARIABLE = "Deployment wave: env MICRONAUT_ENVIRONMENTS";

/** VR-12, VR-13, VR-17: the environments of the line, written out. */
export function requiredEnvironments(rendered: Rendered): Problem[] {
  const shape = shapeOf(rendered.settings);
  const names = environmentsOf(rendered);
  const missing = REQUIRED[shape].filter((name) => !names.includes(name));
  return problemIf(missing.length > 0, {
    path: VARIABLE,
    given: `${shown(names.join(","))}; ${missing.join(", ")} missing`,
    allowed: `a list that holds ${REQUIRED[shape].join(", ")}`,
    fix: `add the missing names: without them ${WITHOUT_THEM[shape]}`,
  });
}

/** VR-12: nothing is deduced from the machine: on EC2 Wave would read its settings from SSM and stop. */
export function noDeduction(rendered: Rendered): Problem[] {
  const value = variable(rendered, "wave", "MICRONAUT_ENV_DEDUCTION")?.value;
  return [
    ...problemIf(value !== "false", {
      path: "Deployment wave: env MICRONAUT_ENV_DEDUCTION",
      given: shown(value),
      allowed: "false",
      fix: "set it to false: else Micronaut adds ec2 on EC2 nodes and needs rights in SSM (VR-12)",
    }),
    ...problemIf(environmentsOf(rendered).includes("ec2"), {
      path: VARIABLE,
      given: "ec2",
      allowed: "a list without ec2",
      fix: "remove ec2 from wave.environments: values in SSM would outrank this configuration (VR-12)",
    }),
  ];
}

/** VR-13, VR-14: no name that the line does not know, and none twice; k8s not in Wave Lite. */
export function knownEnvironments(rendered: Rendered): Problem[] {
  const shape = shapeOf(rendered.settings);
  const known = [...REQUIRED[shape], ...OPTIONAL[shape]];
  const names = environmentsOf(rendered);
  return names
    .filter(
      (name, index) =>
        // ec2 has its own message.
        (!known.includes(name) && name !== "ec2") ||
        names.indexOf(name) !== index,
    )
    .map((name) => ({
      path: VARIABLE,
      given:
        names.indexOf(name) === names.lastIndexOf(name)
          ? name
          : `${name} twice`,
      allowed: known.join(", "),
      fix: "correct or remove the name in wave.environments (VR-14)",
    }));
}

/** VR-15: mail is on in all four places, or in none: environments, sender, right, settings. */
export function mailEverywhereOrNowhere(rendered: Rendered): Problem[] {
  const { mail } = rendered.settings.wave;
  const names = environmentsOf(rendered);
  const from = property(rendered, "mail.from");
  const statement = rendered.roles.server?.permissions.Statement.find(
    ({ Sid }) => Sid === "Mail",
  );
  const wanted =
    mail === undefined ? "absent, as wave.mail is" : "present, as wave.mail is";
  return [
    ...["mail", "aws-ses"].flatMap((name) =>
      problemIf(names.includes(name) !== (mail !== undefined), {
        path: VARIABLE,
        given: `${name} ${names.includes(name) ? "present" : "absent"}`,
        allowed: wanted,
        fix: "keep mail, aws-ses, mail.from and the right to send together (VR-15)",
      }),
    ),
    ...problemIf(from !== mail?.sender, {
      path: configPath(rendered, "mail.from"),
      given: shown(from),
      allowed: shown(mail?.sender),
      fix: "write wave.mail.sender, or no key without wave.mail (VR-15)",
    }),
    ...problemIf((statement !== undefined) !== (mail !== undefined), {
      path: "role server: statement Mail",
      given: statement === undefined ? "absent" : "present",
      allowed: wanted,
      fix: "give the right to send exactly when wave.mail is set (VR-15)",
    }),
  ];
}

/**
 * VR-16: limits come with their environment; without it Wave ignores them. The current line always has the environment,
 * and Wave's own limits in it (DEP-07).
 */
export function rateLimits(rendered: Rendered): Problem[] {
  const keys = [...rendered.properties.keys()].filter((key) =>
    key.startsWith("rate-limit."),
  );
  const active = environmentsOf(rendered).includes("rate-limit");
  const wanted = rendered.settings.wave.rateLimit !== undefined;
  const always = shapeOf(rendered.settings) !== "classic";
  return [
    ...problemIf(keys.length > 0 && !active, {
      path: configPath(rendered, keys[0] ?? "rate-limit"),
      given: "a limit without the environment rate-limit",
      allowed: "limits only together with the environment rate-limit",
      fix: "add rate-limit to MICRONAUT_ENVIRONMENTS, or remove the limits (VR-16)",
    }),
    ...problemIf(active !== (wanted || always) || keys.length > 0 !== wanted, {
      path: VARIABLE,
      given: `rate-limit ${active ? "present" : "absent"}, ${keys.length} limits`,
      allowed: wanted
        ? "present with limits, as wave.rateLimit is"
        : always
          ? "present without limits, as wave.rateLimit is absent"
          : "absent, as wave.rateLimit is",
      fix: "keep the environment, the limits and wave.rateLimit together (VR-16)",
    }),
  ];
}

/** VR-23: the region is the settings' one (Wave's default is another), and no key replaces the role. */
export function regionAndNoKeys(rendered: Rendered): Problem[] {
  const region = variable(rendered, "wave", "AWS_REGION")?.value;
  const keys = podsOf(rendered.objects).flatMap((pod) =>
    containersOf(pod).flatMap(({ env }) =>
      items(env)
        .filter(({ name }) =>
          /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/.test(name),
        )
        .map(({ name }) => `${pod.object}: env ${name}`),
    ),
  );
  return [
    ...problemIf(region !== rendered.settings.region, {
      path: "Deployment wave: env AWS_REGION",
      given: shown(region),
      allowed: rendered.settings.region,
      fix: "set it to the region of the settings: Wave's default is eu-west-1 (VR-23)",
    }),
    ...keys.map((path) => ({
      path,
      given: "a static key",
      allowed: "no static key: the pod's role is used",
      fix: "remove the variable: it would replace the role for S3 and SES (VR-23)",
    })),
  ];
}
