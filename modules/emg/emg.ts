import { type NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { type Construct } from "constructs";
import { certificateAlarms } from "../aws/cloudwatch/identity-alarms";
import { type EnteredCluster } from "../core/cluster/enter-cluster";
import { createAlarms } from "../core/observability/alarms";
import { Preflight } from "../core/preflight/preflight";
import { type Dependencies } from "../kubernetes/create-all";
import { createApi } from "./api";
import { createDatabase } from "./database";
import { createDatabases } from "./databases";
import { createCertificate, createRecords } from "./dns";
import { createGateway } from "./gateway";
import { createIngress } from "./ingress";
import { createKey } from "./key";
import { createLogin } from "./login";
import { createNamespace } from "./namespace";
import { type Made } from "./notes";
import { retainedExpectations } from "./preflight";
import { createPrefect } from "./prefect";
import { type Secrets, createSecrets } from "./secrets";
import { type EmgSettings } from "./settings/schema";
import { createFiles } from "./storage";

/** What the platform stands on. */
export interface EmgProps extends EnteredCluster {
  readonly settings: EmgSettings;
}

/**
 * Creates everything of the platform. A destroy goes the other way: records, Ingresses with their load balancer, what answers
 * them, and only then Secrets, namespace, files and database.
 */
export function createEmg(scope: Construct, props: EmgProps): Made {
  const { settings } = props;
  new Preflight(scope, "running-data", {
    expectations: retainedExpectations(settings),
  });
  const keyArn = createKey(scope, settings);
  const database = createDatabase(scope, { ...props, keyArn });
  const closed = createNamespace(scope, props);
  const secrets = createSecrets(scope, {
    settings,
    keyArn,
    database,
    dependsOn: closed,
  });
  const ready = [...closed, ...database.dependsOn, ...secrets.dependsOn];
  const databases = createDatabases(scope, {
    settings,
    secrets,
    dependsOn: ready,
  });
  const programs = createPrograms(
    scope,
    { ...props, keyArn, namespace: closed[0] },
    { secrets, dependsOn: [...ready, ...databases] },
  );
  const certificateArn = createCertificate(scope, settings);
  createAlarms(
    scope,
    settings,
    props.network,
    "emg-certificate",
    certificateAlarms(certificateArn),
  );
  const loadBalancer = createIngress(scope, {
    ...props,
    certificateArn,
    dependsOn: [...closed, ...programs],
  });
  const { workerSecretArns, passwordSecretArn } = secrets;
  return {
    loadBalancer,
    dnsRecords: createRecords(scope, settings, loadBalancer),
    workerSecretArns: {
      ...workerSecretArns,
      ...(passwordSecretArn !== undefined && { emg: passwordSecretArn }),
    },
  };
}

/** What answers requests: Prefect, the logins before it, and the API beside it. */
function createPrograms(
  scope: Construct,
  props: EmgProps & { keyArn: string; namespace: NamespaceV1 },
  { secrets, dependsOn }: { secrets: Secrets; dependsOn: Dependencies },
): Dependencies {
  const { settings } = props;
  const { auth, api } = settings.emg;
  const prefect = createPrefect(scope, { settings, secrets, dependsOn });
  const behind = {
    settings,
    secrets,
    // nginx asks for the address of Prefect's Service once, when it starts.
    dependsOn: [...dependsOn, ...prefect.dependsOn],
  };
  const logins =
    auth.mode === "oauth2-proxy"
      ? [createLogin(scope, auth, behind), createGateway(scope, behind)]
      : [];
  return [
    ...prefect.dependsOn,
    ...logins.flatMap((login) => login.dependsOn),
    ...(api
      ? createApi(scope, {
          ...props,
          ...behind,
          api,
          files: createFiles(scope, { ...props, api }),
        })
      : []),
  ];
}
