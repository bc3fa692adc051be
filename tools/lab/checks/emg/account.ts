import { hostsOf, zoneIdOf } from "../../../../modules/emg/names";
import { awsRequest, queryCall, restCall } from "../../aws/client";
import { xmlTexts } from "../../aws/xml";
import {
  type Ingress,
  hostnameOf,
} from "../../kube/load-balancer-controller/ingress";
import { type State, attributesOf } from "../../terraform/state";
import { type EmgCheck, checkSame, objectsIn } from "./check";

/** What stands in AWS: one database, the file system of the API, and a record of each host that leads to the load balancer. */
export async function checkAccount(
  check: EmgCheck,
  states: readonly State[],
): Promise<void> {
  await checkStores(check, states);
  await checkRecords(check);
}

async function checkStores(
  check: EmgCheck,
  states: readonly State[],
): Promise<void> {
  const { aws, settings } = check;
  const { api, database } = settings.emg;
  const own = states.filter(({ stack }) => stack === "emg");
  const idsOf = (type: string, field: string): string[] =>
    attributesOf(own, type).map((one) => String(one[field]));
  const databases = xmlTexts(
    await queryCall(aws, "rds", "2014-10-31", "DescribeDBInstances"),
    "DBInstanceIdentifier",
  ).filter((id) => idsOf("aws_db_instance", "identifier").includes(id));
  const { FileSystems, AccessPoints } = {
    ...((await restCall(
      aws,
      "elasticfilesystem",
      "GET",
      "/2015-02-01/file-systems",
    )) as object),
    ...((await restCall(
      aws,
      "elasticfilesystem",
      "GET",
      "/2015-02-01/access-points",
    )) as object),
  } as {
    FileSystems: readonly { FileSystemId: string; Encrypted: boolean }[];
    AccessPoints: readonly {
      FileSystemId: string;
      RootDirectory: { Path: string };
    }[];
  };
  const systems = FileSystems.filter(({ FileSystemId }) =>
    idsOf("aws_efs_file_system", "id").includes(FileSystemId),
  );
  const folders = AccessPoints.filter(({ FileSystemId }) =>
    systems.some((one) => one.FileSystemId === FileSystemId),
  );
  checkSame(
    check,
    "database, file system and its folders stand in AWS",
    [
      ...databases.map(() => "database"),
      ...systems.map(({ Encrypted }) => `file system, encrypted ${Encrypted}`),
      ...folders.map(({ RootDirectory }) => `folder ${RootDirectory.Path}`),
    ],
    [
      ...(database.kind === "rds" ? ["database"] : []),
      ...(api
        ? [
            "file system, encrypted true",
            "folder /emg/data",
            "folder /emg/results",
          ]
        : []),
    ],
  );
}

async function checkRecords(check: EmgCheck): Promise<void> {
  const { aws, settings } = check;
  const zone = zoneIdOf(settings);
  if (zone === undefined) return;
  const [ingress] = await objectsIn<Ingress>(
    check,
    "apis/networking.k8s.io/v1 ingresses",
  );
  const balancer = ingress && hostnameOf(ingress);
  const found: string[] = [];
  for (const host of hostsOf(settings)) {
    const path = `/2013-04-01/hostedzone/${zone}/rrset?name=${host}&type=A`;
    const xml = await awsRequest(aws, "route53", { method: "GET", path });
    const [target = "nowhere"] = xmlTexts(xml, "DNSName");
    found.push(`${host} → ${target.replace(/\.$/, "")}`);
  }
  checkSame(
    check,
    "records lead to the load balancer",
    found,
    hostsOf(settings).map((host) => `${host} → ${balancer}`),
  );
}
