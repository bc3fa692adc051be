import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { Fn } from "cdktf";
import { type Construct } from "constructs";
import { dataOutputs } from "../contracts/data";
import { identityOutputs } from "../contracts/identity";
import { readOutputs, writeOutputs } from "../contracts/outputs";
import { readNetwork } from "../core/state/read-network";
import { networkFactsOf } from "../core/network-facts";
import { readState } from "../core/state/remote-state";
import { workloadsNotes } from "../contracts/workloads";
import { createClusterAccess } from "../kubernetes/cluster-access";
import { kubeAuthOf } from "../core/cluster/cluster";
import { placeControllers } from "../core/controllers/controllers";
import { type Settings, requireWave } from "../schema";
import { configMap } from "../wave/config/config-map";
import { placeFrontDoor } from "../wave/objects/front-door";
import { WAVE_CONFIG_MAP } from "../wave/objects/kubernetes-names";
import { waveNamespaces } from "../wave/objects/namespaces";
import { placeNamespaces, placeObjects } from "../wave/objects/place-objects";
import { renderWave } from "../wave/objects/render";
import { platformEnv, verifyCommands } from "../wave/smoke-test/commands";
import { placeWaveSecrets } from "../wave/objects/wave-secrets";
import { BaseStack } from "../core/state/base-stack";

/** What runs in the cluster: controllers, Wave, the classic line's store, and the name the world knows Wave by. */
export class WorkloadsStack extends BaseStack {
  constructor(scope: Construct, all: Settings) {
    const settings = requireWave(all);
    super(scope, "workloads", settings);
    const network = readNetwork(this, settings);
    const data = readOutputs(
      readState(this, settings, "data"),
      dataOutputs,
      {},
    );
    const identity = readOutputs(
      readState(this, settings, "identity"),
      identityOutputs,
      {},
    );

    createClusterAccess(this, {
      ...network,
      region: settings.region,
      auth: kubeAuthOf(settings),
    });
    const controllers = placeControllers(this, settings, network, identity);
    const namespaces = placeNamespaces(
      this,
      waveNamespaces(settings),
      controllers,
    );
    const dependsOn = Object.values(namespaces);
    const secrets = placeWaveSecrets(this, settings, data, dependsOn);
    const config = new ConfigMapV1(this, WAVE_CONFIG_MAP, {
      ...configMap(settings, { data, identity }),
      dependsOn,
    });
    const objects = renderWave(settings, {
      data,
      identity,
      network: networkFactsOf(settings),
      configChecksum: Fn.sha256(Fn.jsonencode(config.data)),
      secretsChecksum: secrets.checksum,
    });
    const service = placeObjects(this, settings, objects, {
      controllers,
      namespaces,
      secrets: secrets.all.map(({ resource }) => resource),
      configMap: config,
    });
    const frontDoor = placeFrontDoor(this, settings, objects.ingress, [
      service,
      controllers.loadBalancerController,
    ]);
    writeOutputs(this, workloadsNotes, {
      ...frontDoor,
      verifyCommands: verifyCommands(settings),
      platformEnv: platformEnv(settings),
    });
  }
}
