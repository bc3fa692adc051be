import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { type Construct } from "constructs";
import { type Dependencies } from "../kubernetes/create-all";
import { createOneShotJob } from "../kubernetes/one-shot-job";
import { plainFile } from "../lib/template";
import { SECRETS } from "./names";
import { type PartInputs, podDefaults } from "./pods";

/** Name of the Job, its Secret and its ConfigMap. */
const NAME = SECRETS.databases;

const fileOf = (name: string): string => plainFile(`manifests/emg/${name}`);

/** Makes databases and their owners in a Job, which runs again with another password, address, SQL or image. */
export function createDatabases(
  scope: Construct,
  { settings, secrets, dependsOn }: PartInputs,
): Dependencies {
  const { postgresClient: image } = settings.emg.images;
  const pod = podDefaults(settings, "jobs");
  const data = { "init.sh": fileOf("init.sh"), "init.sql": fileOf("init.sql") };
  const files = new ConfigMapV1(scope, "databases-files", {
    metadata: { name: NAME, namespace: pod.namespace, labels: pod.labels },
    data,
    dependsOn: [...dependsOn],
  });
  const job = createOneShotJob(scope, "databases", {
    ...pod,
    name: NAME,
    image,
    command: ["sh", "/sql/init.sh"],
    env: { PGSSLMODE: "require" },
    envFrom: { secrets: [NAME] },
    volumes: [
      {
        name: "sql",
        mountPath: "/sql",
        readOnly: true,
        source: { configMap: NAME },
      },
    ],
    // The image's own user; psql does not ask for a name or a home of it.
    user: { uid: 70, gid: 70 },
    cpu: "50m",
    memory: "64Mi",
    revision: [secrets.checksums.databases, image, ...Object.values(data)].join(
      "\n",
    ),
    backoffLimit: 4,
    deadlineSeconds: 600,
    dependsOn: [files],
  });
  return [job];
}
