import { type deliveryNotes } from "../contracts/delivery";
import { type Written } from "../contracts/outputs";
import { namesOf } from "../lib/names";
import { fluxPath } from "./flux";
import { serviceNamespaces } from "./names";
import { type DeliverySettings } from "./settings/schema";

/** Outputs that are known only when the parts are made. */
export type Made = Omit<
  Written<typeof deliveryNotes>,
  "domain" | "fluxPath" | "deployKeyCommand" | "nextSteps"
>;

/** Where the charts of the platform are. */
export const chartRepositories = ({
  delivery: { flux, ingress, tls, dns },
}: DeliverySettings): string[] =>
  [flux, ingress, tls, dns].flatMap((section) =>
    section && "chart" in section ? [section.chart.repository] : [],
  );

/** What people need: where everything is, and what is left to do. */
export const notesOf = (
  settings: DeliverySettings,
  made: Made,
): Written<typeof deliveryNotes> => ({
  ...made,
  domain: settings.delivery.domain,
  fluxPath:
    settings.delivery.flux && fluxPath(settings, settings.delivery.flux),
  deployKeyCommand: deployKeyCommand(settings),
  nextSteps: nextSteps(settings),
});

/** One command that replaces the key with the title of this environment, and no other; undefined where Git is not GitHub. */
export function deployKeyCommand(
  settings: DeliverySettings,
): string | undefined {
  const { flux } = settings.delivery;
  const repository = /@github\.com\/([\w.-]+\/[\w.-]+?)(\.git)?$/.exec(
    flux?.url ?? "",
  )?.[1];
  if (flux?.credential.kind !== "ssh" || repository === undefined)
    return undefined;
  const keys = `repos/${repository}/keys`;
  const title = `flux ${namesOf(settings).prefix}`;
  return [
    `gh api ${keys} --paginate --jq '.[] | select(.title == "${title}") | .id' | xargs -I{} gh api --method DELETE ${keys}/{}`,
    `aws secretsmanager get-secret-value --region ${settings.region} --secret-id ${flux.credential.secret} --query SecretString --output text | jq -r .identityPub | gh api --method POST ${keys} -f title='${title}' -F read_only=${String(!flux.write)} -F key=@-`,
  ].join(" && ");
}

function nextSteps(settings: DeliverySettings): string[] {
  const { flux, dns } = settings.delivery;
  return [
    ...(dns.owner === "none"
      ? [
          `Point ${settings.delivery.domain} and *.${settings.delivery.domain} at load_balancer.`,
        ]
      : []),
    ...(flux === undefined
      ? [`Deploy to ${serviceNamespaces(settings).join(", ")} yourself.`]
      : [
          ...(flux.credential.kind === "ssh"
            ? [
                `Register the deploy key${deployKeyCommand(settings) ? ": run deploy_key_command" : ` in ${flux.credential.secret}`}.`,
              ]
            : []),
          `Commit the releases to ${fluxPath(settings, flux)} of ${flux.url}; kubectl --namespace flux-system get kustomization flux-sync says what became of them.`,
          "To remove a service take its release out of Git first, and the service out of the settings when its namespace is empty: Flux cannot remove a release from a namespace that it has lost.",
        ]),
  ];
}
