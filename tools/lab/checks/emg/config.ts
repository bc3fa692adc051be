import {
  EMG_LABEL,
  INGRESS_CLASS,
  loadBalancerName,
} from "../../../../modules/emg/names";
import { type EmgSettings } from "../../../../modules/emg/settings/schema";
import { type ClassParams } from "../../kube/load-balancer-controller/class-params";
import { type EmgCheck, checkSame, objectsIn } from "./check";

interface ConfigMap {
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

/** Files of ConfigMaps, each as `<name>/<key>`. */
export const expectedFiles = ({ emg }: EmgSettings): string[] => [
  ...["init.sh", "init.sql"].map((file) => `emg-db-init/${file}`),
  ...(emg.auth.mode === "oauth2-proxy"
    ? ["prefect-worker-gateway/nginx.conf"]
    : []),
  ...(emg.api ? ["emg-site-settings/site_settings.py"] : []),
];

/** Files of the programs are there, without a variable of Terraform; the class is that of the settings. */
export async function checkConfig(check: EmgCheck): Promise<void> {
  const maps = await objectsIn<ConfigMap>(check, "api/v1 configmaps");
  const files = maps
    .filter(({ metadata }) => metadata.name !== "kube-root-ca.crt")
    .flatMap(({ metadata, data = {} }) =>
      Object.keys(data).map((key) => `${metadata.name}/${key}`),
    )
    // The others are variables.
    .filter((name) => name.includes("."));
  checkSame(
    check,
    "ConfigMaps hold these files",
    files,
    expectedFiles(check.settings),
  );
  const { spec } = (await check.api.call(
    "GET",
    `/apis/elbv2.k8s.aws/v1beta1/ingressclassparams/${INGRESS_CLASS}`,
  )) as ClassParams;
  checkSame(
    check,
    "parameters of the class of Ingresses",
    [
      spec.loadBalancerName ?? "",
      spec.scheme ?? "",
      ...Object.entries(spec.namespaceSelector?.matchLabels ?? {}).flat(),
      ...(spec.inboundCIDRs ?? []),
      ...(spec.loadBalancerAttributes ?? [])
        .filter(({ key }) => key === "idle_timeout.timeout_seconds")
        .map(({ value }) => `${value} s`),
    ],
    wantedParams(check.settings),
  );
}

const wantedParams = (settings: EmgSettings): string[] => {
  const { scheme, inboundCidrs, idleTimeoutSeconds } = settings.emg.ingress;
  return [
    loadBalancerName(settings),
    scheme,
    ...Object.entries(EMG_LABEL).flat(),
    ...inboundCidrs,
    `${idleTimeoutSeconds} s`,
  ];
};
