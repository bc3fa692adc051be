import { waveInputs } from "../../support/wave-inputs";
import { surrealExport } from "../../../modules/wave/objects/surreal-export";
import { exampleSettings } from "../../support/settings";

const settings = exampleSettings();
const inputs = waveInputs(settings);
const objects = surrealExport(settings, inputs);
const cronJob = objects.cronJobs["surreal-export"];
const pod = cronJob?.spec.jobTemplate.spec.template.spec;
const first = <Item>(list: Item[] | object | undefined): Item | undefined =>
  Array.isArray(list) ? (list as Item[])[0] : undefined;
const exporter = Array.isArray(pod?.initContainer)
  ? first(pod.initContainer)
  : undefined;
const uploader = Array.isArray(pod?.container)
  ? first(pod.container)
  : undefined;

test("SUR-11: exports Wave's database with the store's own image", () => {
  expect(exporter?.image).toBe(settings.wave.images.surrealdb);
  expect(exporter?.args).toEqual([
    "export",
    "--endpoint",
    "http://surrealv1:8100",
    "--namespace",
    "seqera",
    "--database",
    "wave",
    "/export/wave.surql",
  ]);
  expect(exporter?.env).toEqual([
    { name: "SURREAL_USER", value: "root" },
    {
      name: "SURREAL_PASS",
      valueFrom: {
        secretKeyRef: { name: "surreal-credentials", key: "SURREAL_PASS" },
      },
    },
  ]);
});

test("BAK-05: uploads under one prefix of the logs bucket, one object per run", () => {
  expect(uploader?.image).toBe(settings.wave.images.upload);
  expect(uploader?.args).toEqual([
    "s3",
    "cp",
    "--only-show-errors",
    "/export/wave.surql",
    `s3://${inputs.data.logsBucket}/surreal-exports/$(JOB_NAME).surql`,
  ]);
  expect(uploader?.env).toContainEqual({
    name: "JOB_NAME",
    valueFrom: {
      fieldRef: {
        fieldPath: "metadata.labels['batch.kubernetes.io/job-name']",
      },
    },
  });
  expect(uploader?.env).toContainEqual({
    name: "AWS_REGION",
    value: "eu-central-1",
  });
});

test("BAK-05: the password stays out of the container that talks to AWS", () => {
  expect(JSON.stringify(uploader)).not.toContain("SURREAL_PASS");
});

test("BAK-05: the schedule is a setting, and runs do not overlap", () => {
  expect(cronJob?.spec).toMatchObject({
    schedule: "17 3 * * *",
    timezone: "Etc/UTC",
    concurrencyPolicy: "Forbid",
  });
  const hourly = exampleSettings({
    wave: { classic: { exportSchedule: "5 * * * *" } },
  });
  expect(
    surrealExport(hourly, inputs).cronJobs["surreal-export"]?.spec.schedule,
  ).toBe("5 * * * *");
});

test("the account has the export role and no token for the Kubernetes API", () => {
  expect(objects.serviceAccounts["surreal-export"]).toMatchObject({
    metadata: {
      name: "surreal-export",
      namespace: "wave",
      annotations: {
        "eks.amazonaws.com/role-arn": inputs.identity.exportRoleArn,
      },
    },
    automountServiceAccountToken: false,
  });
  expect(pod?.serviceAccountName).toBe("surreal-export");
  expect(pod?.automountServiceAccountToken).toBe(false);
});

test("both containers are hardened, on the system nodes", () => {
  expect(pod?.securityContext).toMatchObject({
    runAsNonRoot: true,
    runAsUser: "65532",
    fsGroup: "65532",
    seccompProfile: { type: "RuntimeDefault" },
  });
  for (const container of [exporter, uploader])
    expect(container?.securityContext).toEqual({
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  expect(pod?.nodeSelector).toEqual({
    "kubernetes.io/arch": "amd64",
    service: "wave-system",
  });
});

test("K8S-23: out to DNS, the store and HTTPS, but not to the node's credentials; in from nowhere", () => {
  const spec = objects.networkPolicies["surreal-export"]?.spec;
  expect(spec?.podSelector).toEqual({ matchLabels: { app: "surreal-export" } });
  expect(spec?.policyTypes).toEqual(["Ingress", "Egress"]);
  expect(spec).not.toHaveProperty("ingress");
  expect(spec?.egress).toEqual([
    expect.objectContaining({
      ports: [
        { port: "53", protocol: "UDP" },
        { port: "53", protocol: "TCP" },
      ],
    }),
    {
      to: [{ podSelector: { matchLabels: { app: "surrealv1" } } }],
      ports: [{ port: "8000", protocol: "TCP" }],
    },
    {
      to: [
        {
          ipBlock: {
            cidr: "0.0.0.0/0",
            except: ["169.254.169.254/32", "169.254.170.23/32"],
          },
        },
      ],
      ports: [{ port: "443", protocol: "TCP" }],
    },
  ]);
});
