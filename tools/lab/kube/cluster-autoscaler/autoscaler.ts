import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CLUSTER_AUTOSCALER } from "../../../../modules/core/controllers/cluster-autoscaler";
import { type Aws, autoscalerKey } from "../../aws/client";
import { killProgram, sleep, startService } from "../../system/process";
import { type KubeApi } from "../api";
import { type Rendered } from "./rendered";
import { AutoscalerStandIn } from "./stand-in";

export interface AutoscalerProps {
  readonly api: KubeApi;
  readonly aws: Aws;
  readonly cluster: string;
  readonly rendered: Rendered;
  /** The real program, and how it logs in; without it a stand-in works. */
  readonly program?: { readonly path: string; readonly kubeconfig: string };
  readonly print: (text: string) => void;
}

/** Arguments that make the real one quick, and keep its own objects out of the cluster. */
const QUICK = [
  "--scan-interval=2s",
  "--scale-down-unneeded-time=10s",
  "--scale-down-delay-after-add=2s",
  "--unremovable-node-recheck-timeout=5s",
  "--address=127.0.0.1:0",
  "--leader-elect=false",
  "--write-status-configmap=false",
];

/** Lets the autoscaler work while its release is in the cluster; until this process ends. */
export async function runAutoscaler(props: AutoscalerProps): Promise<never> {
  const aws = { ...props.aws, accessKey: autoscalerKey };
  const standIn = new AutoscalerStandIn(
    props.api,
    aws,
    props.cluster,
    props.rendered,
  );
  let last = "";
  let isUp = false;
  for (;;) {
    try {
      const installed = await isInstalled(props.api);
      if (props.program === undefined) {
        if (installed) await standIn.look();
      } else if (installed !== isUp) {
        isUp = installed;
        if (isUp)
          startProgram(props, props.program, () => {
            isUp = false;
          });
        else killProgram(props.program.path.replace(/^.*\//, ""));
      }
    } catch (error) {
      // Like a controller, it tries again; what never works shows as a build that waits.
      const text = `cluster autoscaler: ${String(error)}`;
      if (text !== last) props.print(text);
      last = text;
    }
    await sleep(1000);
  }
}

async function isInstalled(api: KubeApi): Promise<boolean> {
  const { namespace, chart } = CLUSTER_AUTOSCALER;
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${chart}`;
  return (await api.ask("GET", path)).status === 200;
}

/** Where the services are. The list of instance types is asked for without regard to it. */
const endpointsOf = ({ endpoint, region }: Aws): string =>
  ["autoscaling", "ec2", "eks"]
    .map(
      (service) => `[ServiceOverride "${service}"]
Service=${service}
Region=${region}
URL=${endpoint}
SigningRegion=${region}
SigningMethod=v4
SigningName=${service}
`,
    )
    .join("");

function startProgram(
  { aws, rendered, print }: AutoscalerProps,
  { path, kubeconfig }: NonNullable<AutoscalerProps["program"]>,
  ended: () => void,
): void {
  const cloudConfig = join(dirname(kubeconfig), "cluster-autoscaler.conf");
  writeFileSync(cloudConfig, endpointsOf(aws));
  startService(
    path,
    [
      ...rendered.args,
      ...QUICK,
      `--kubeconfig=${kubeconfig}`,
      `--cloud-config=${cloudConfig}`,
    ],
    {
      step: "cluster-autoscaler",
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_REGION: aws.region,
        AWS_ACCESS_KEY_ID: autoscalerKey,
        AWS_SECRET_ACCESS_KEY: "lab",
        AWS_EC2_METADATA_DISABLED: "true",
      },
      onEnd: (why) => {
        print(why);
        ended();
      },
    },
  );
}
