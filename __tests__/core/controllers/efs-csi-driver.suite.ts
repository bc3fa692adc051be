import { parse } from "yaml";
import {
  createEfsCsiDriver,
  efsCsiDriverRoles,
} from "../../../modules/core/controllers/efs-csi-driver";
import { actionsOf, statementOf, storedData } from "../../support/identity";
import { type SettingsChange, exampleSettings } from "../../support/settings";
import { onlyResource, synthOne } from "../../support/synth";

const inputs = {
  controllerRoleArn: "arn:aws:iam::123456789012:role/efs-csi-controller",
  nodeRoleArn: "arn:aws:iam::123456789012:role/efs-csi-node",
};

function releaseOf(change: SettingsChange = {}) {
  const settings = exampleSettings(change);
  const release = onlyResource(
    synthOne((stack) => {
      createEfsCsiDriver(stack, settings, inputs);
    }),
    "helm_release",
  );
  const [values = ""] = release.values as string[];
  return { release, values: parse(values) as Record<string, unknown> };
}

const { release, values } = releaseOf();
const roles = efsCsiDriverRoles(exampleSettings(), storedData.fileSystemId);

test("INF-06: the chart, pinned, in kube-system", () => {
  expect(release).toMatchObject({
    name: "aws-efs-csi-driver",
    chart: "aws-efs-csi-driver",
    version: "4.4.1",
    repository: "https://kubernetes-sigs.github.io/aws-efs-csi-driver",
    namespace: "kube-system",
  });
});

test("the driver's two accounts have a role each, and the roles trust these accounts", () => {
  const parts = [
    ["controller", "efs-csi-controller-sa", inputs.controllerRoleArn],
    ["node", "efs-csi-node-sa", inputs.nodeRoleArn],
  ] as const;
  for (const [part, name, arn] of parts) {
    expect(values[part]).toMatchObject({
      serviceAccount: {
        create: true,
        name,
        annotations: { "eks.amazonaws.com/role-arn": arn },
      },
    });
    expect(roles[part].trust).toEqual({
      kind: "service-account",
      namespace: "kube-system",
      serviceAccount: name,
    });
  }
});

test("nothing turns encryption in transit off", () => {
  expect(JSON.stringify(values)).not.toMatch(/encryptInTransit/i);
});

test("deleting an access point never deletes files", () => {
  expect(values.controller).toMatchObject({ deleteAccessPointRootDir: false });
});

test("the node agent has a memory limit that many mounts fit in", () => {
  expect(values.node).toMatchObject({
    resources: { limits: { memory: "1Gi" } },
  });
});

test("the controller runs on the system nodes, the node agent everywhere", () => {
  expect(values.controller).toMatchObject({
    nodeSelector: { service: "wave-system" },
  });
  expect(values.node).not.toHaveProperty("nodeSelector");
});

test("the chart and all its images can come from a mirror", () => {
  const image = (name: string) => `registry.example.com:5000/${name}:1.2.3`;
  const mirrored = releaseOf({
    charts: {
      efsCsiDriver: {
        repository: "oci://registry.example.com/charts",
        image: image("efs"),
        livenessProbeImage: image("probe"),
        nodeDriverRegistrarImage: image("registrar"),
        provisionerImage: image("provisioner"),
      },
    },
  });
  const parts = (name: string) => ({
    repository: `registry.example.com:5000/${name}`,
    tag: "1.2.3",
  });
  expect(mirrored.release.repository).toBe("oci://registry.example.com/charts");
  expect(mirrored.values).toMatchObject({
    image: parts("efs"),
    sidecars: {
      livenessProbe: { image: parts("probe") },
      nodeDriverRegistrar: { image: parts("registrar") },
      csiProvisioner: { image: parts("provisioner") },
    },
  });
});

test("the EFS CSI controller describes, and changes only access points it marked", () => {
  const { policy } = roles.controller;
  const mark = "efs.csi.aws.com/cluster";
  expect(statementOf(policy, "Describe").Action).toEqual([
    "ec2:DescribeAvailabilityZones",
    "elasticfilesystem:DescribeAccessPoints",
    "elasticfilesystem:DescribeFileSystems",
    "elasticfilesystem:DescribeMountTargets",
  ]);
  expect(statementOf(policy, "CreateAccessPoint")).toMatchObject({
    Action: "elasticfilesystem:CreateAccessPoint",
    Resource:
      "arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-0123456789abcdef0",
    Condition: { StringEquals: { [`aws:RequestTag/${mark}`]: "true" } },
  });
  expect(statementOf(policy, "TagOwnAccessPoint")).toMatchObject({
    Action: "elasticfilesystem:TagResource",
    Condition: { StringEquals: { [`aws:ResourceTag/${mark}`]: "true" } },
  });
  expect(statementOf(policy, "DeleteOwnAccessPoint")).toMatchObject({
    Action: "elasticfilesystem:DeleteAccessPoint",
    Condition: { StringEquals: { [`aws:ResourceTag/${mark}`]: "true" } },
  });
  expect(policy.Statement).toHaveLength(4);
});

test("the EFS CSI node agent finds mount targets and writes its log: no S3, no SSM", () => {
  const { policy } = roles.node;
  expect(policy.Statement.flatMap(actionsOf)).toEqual([
    "ec2:DescribeAvailabilityZones",
    "elasticfilesystem:DescribeMountTargets",
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "logs:PutRetentionPolicy",
  ]);
  expect(statementOf(policy, "MountLog").Resource).toEqual([
    "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/efs/utils",
    "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/efs/utils:*",
  ]);
});
