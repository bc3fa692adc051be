import { clusterNameOf } from "../../../modules/core/cluster/cluster";
import { WORKERS_PATH, hostsOf } from "../../../modules/emg/names";
import { type EmgSettings } from "../../../modules/emg/settings/schema";

/** Prints the status of an answer alone. */
const STATUS = "curl --silent --output /dev/null --write-out '%{http_code}\\n'";

/** An address inside of the network, as somebody outside would claim it. */
const FORGED = "--header 'X-Forwarded-For: 127.0.0.1'";

/** What to run by hand on Prefect and the EMG API: what they answer to strangers shows whether their logins stand. */
export const emgChecks = (settings: EmgSettings): string[] => [
  "",
  "Prefect: nothing is run here. These commands check it from where the settings let you in; each ends with its answer:",
  "",
  ...[
    ...clusterCommands(settings),
    ...hostsOf(settings).flatMap((host) => [
      `dig +short ${host} # the addresses of the load balancer`,
      `${STATUS} http://${host} # 301, to https`,
    ]),
    ...loginCommands(settings),
    ...apiCommands(settings),
  ].map((command) => `  ${command}`),
];

function clusterCommands(settings: EmgSettings): string[] {
  const kubectl = `kubectl --namespace ${settings.emg.namespace}`;
  return [
    `aws eks update-kubeconfig --name ${clusterNameOf(settings)} --region ${settings.region}`,
    `${kubectl} get deployments,jobs # READY and COMPLETIONS whole`,
    `${kubectl} get ingress # ADDRESS, the same load balancer for all`,
  ];
}

/** Nobody without a login sees Prefect, wherever he says he comes from. */
function loginCommands({ emg }: EmgSettings): string[] {
  const prefect = `https://${emg.prefect.host}`;
  const isOpen = `${FORGED} ${prefect}/api/admin/version`;
  if (emg.auth.mode === "prefect-basic")
    return [
      `${STATUS} ${prefect}/api/variables/name/x-health # 401; an old Prefect lets names that end like this in`,
      `${STATUS} ${isOpen} # 401`,
    ];
  const workers = `${prefect}${WORKERS_PATH}/admin/version`;
  return [
    `${STATUS} ${prefect} # 403 with the page to sign in, and not Prefect`,
    `curl --silent --head '${prefect}/oauth2/start' # 302, to github.com, which is told of ${prefect}/oauth2/callback`,
    `${STATUS} ${isOpen} # 401`,
    `curl --silent --include ${workers} # 401, with www-authenticate: Basic`,
    `${STATUS} --user any:wrong ${workers} # 401`,
    `${STATUS} --path-as-is ${prefect}${WORKERS_PATH}/../api/admin/version # not 200`,
  ];
}

const apiCommands = ({ emg: { api } }: EmgSettings): string[] =>
  api === undefined
    ? []
    : [`${STATUS} https://${api.host}${api.healthPath} # 200`];
