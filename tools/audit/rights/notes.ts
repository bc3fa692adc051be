/** Who uses a statement, and the rows that ask for it. */
export interface StatementNote {
  /** Rows of the requirements and of the facts, decisions included. */
  readonly rows: string;
  /** Who makes the call, where it is not who takes the role. */
  readonly caller?: string;
}

/** What a role is for. */
export interface RoleNote {
  /** Who takes the role. */
  readonly caller: string;
  /** Rows of its trust. */
  readonly trust: string;
  /** By the Sid of a statement, or the name of a managed policy. */
  readonly rights: Readonly<Record<string, StatementNote>>;
}

const LOGIN_AND_PUSH = {
  EcrLogin: { rows: "IAM-01a, EXC-07" },
  EcrPushPull: { rows: "IAM-02, INF-10" },
} as const;

const MAIL = { rows: "IAM-01c, HARD-08, INF-09" } as const;

/**
 * Rows behind each statement, by the role's key. A statement without an entry here fails a test, and so does an entry
 * without a statement.
 */
export const NOTES: Readonly<Record<string, RoleNote>> = {
  "wave-server": {
    caller: "Wave's server: pod `wave`, account `wave-sa`",
    trust: "IAM-06, IAM-07, SEC-E17",
    rights: {
      LogsList: { rows: "IAM-03" },
      LogsObjects: { rows: "IAM-04" },
      LogsKey: { rows: "INF-21", caller: "S3, for Wave's server" },
      ObjectsList: { rows: "IAM-03" },
      ObjectsReadWrite: { rows: "IAM-04, INF-03" },
      AssumeEcrRole: { rows: "CFG-R1, IAM-09" },
      Mail: MAIL,
    },
  },
  "wave-build": {
    caller: "build pods: Kaniko and Trivy, account `wave-build-sa`",
    trust: "IAM-06, IAM-07, HARD-03",
    rights: LOGIN_AND_PUSH,
  },
  "wave-ecr": {
    caller: "Wave's server, which hands the login to its build jobs",
    trust: "IAM-07, CFG-R1, IAM-09",
    rights: LOGIN_AND_PUSH,
  },
  "wave-cache": {
    caller: "build jobs: BuildKit, account `wave-build-sa`",
    trust: "IAM-08, IAM-06",
    rights: {
      CacheList: { rows: "IAM-08" },
      CacheObjects: { rows: "IAM-08" },
      CacheKey: { rows: "IAM-08", caller: "S3, for BuildKit" },
    },
  },
  "wave-ecr-key": {
    caller: "the operator's IAM user: Wave's server and its build pods",
    trust: "IAM-10, DEC-35",
    rights: LOGIN_AND_PUSH,
  },
  "surreal-export": {
    caller: "CronJob `surreal-export`, account `surreal-export`",
    trust: "DEC-15, SEC-E17",
    rights: {
      ExportObjects: { rows: "SUR-11, BAK-05" },
      ExportKey: { rows: "SUR-11, INF-21", caller: "S3, for the export" },
    },
  },
  "load-balancer-controller": {
    caller: "AWS Load Balancer Controller, in `kube-system`",
    trust: "SEC-G2, SEC-E17",
    rights: {
      ServiceLinkedRole: { rows: "SEC-G, statement 1" },
      Describe: { rows: "SEC-G, statement 2; EXC-07" },
      Certificates: { rows: "SEC-G, statement 3; SEC-G4, EXC-07" },
      RulesInVpc: { rows: "SEC-G, statement 4; EXC-07" },
      CreateGroup: { rows: "SEC-G, statement 5; EXC-07" },
      TagNewGroup: { rows: "SEC-G, statement 6" },
      TagOwnGroup: { rows: "SEC-G, statement 7" },
      ChangeOwnGroup: { rows: "SEC-G, statement 8" },
      CreateBalancer: { rows: "SEC-G, statement 9" },
      ListenersAndRules: { rows: "SEC-G, statement 10; EXC-07" },
      TagOwnBalancer: { rows: "SEC-G, statement 11" },
      TagListeners: { rows: "SEC-G, statement 12" },
      ChangeOwnBalancer: { rows: "SEC-G, statement 13" },
      TagNewBalancer: { rows: "SEC-G, statement 14" },
      Targets: { rows: "SEC-G, statement 15" },
      ChangeListeners: { rows: "SEC-G, statement 16; EXC-07" },
      WebAcl: { rows: "ING-12, SEC-G4" },
    },
  },
  "efs-csi-controller": {
    caller: "EFS CSI controller, in `kube-system`",
    trust: "SEC-G20, SEC-E17",
    rights: {
      Describe: { rows: "SEC-G21, EXC-07" },
      CreateAccessPoint: { rows: "SEC-G21" },
      TagOwnAccessPoint: { rows: "SEC-G21" },
      DeleteOwnAccessPoint: { rows: "SEC-G21, SEC-G27" },
    },
  },
  "efs-csi-node": {
    caller: "EFS CSI node agent: mounts, in `kube-system`",
    trust: "SEC-G20, SEC-E17",
    rights: {
      Zones: { rows: "SEC-G22, EXC-07" },
      MountTargets: { rows: "SEC-G22" },
      MountLog: { rows: "SEC-G22" },
    },
  },
  "eks-cluster": {
    caller: "EKS control plane",
    trust: "DEC-10, INF-01",
    rights: {
      EncryptKubernetesSecrets: { rows: "SEC-B5, SEC-E6" },
      AmazonEKSClusterPolicy: { rows: "INF-01, FAIL-05" },
    },
  },
  "eks-node": {
    caller: "EC2 instances of the node groups: kubelet and `aws-node`",
    trust: "DEC-10, INF-13",
    rights: {
      AmazonEKSWorkerNodePolicy: { rows: "INF-13" },
      AmazonEKS_CNI_Policy: { rows: "DEC-11", caller: "`aws-node`" },
      AmazonEC2ContainerRegistryPullOnly: {
        rows: "CIS 5.1.3",
        caller: "kubelet: images of EKS add-ons",
      },
    },
  },
  "flow-log": {
    caller: "VPC flow logs",
    trust: "DEC-10, SEC-B11",
    rights: { WriteIntoTheLogGroup: { rows: "SEC-B11, DEC-13" } },
  },
  backup: {
    caller: "AWS Backup",
    trust: "DEC-10, BAK-01",
    rights: {
      AWSBackupServiceRolePolicyForBackup: { rows: "BAK-01, SEC-B20" },
    },
  },
  "rds-monitoring": {
    caller: "RDS enhanced monitoring",
    trust: "DEC-10, SEC-B47",
    rights: { AmazonRDSEnhancedMonitoringRole: { rows: "SEC-B47" } },
  },
};
