/** Who uses a statement, and why. */
interface StatementNote {
  /** What it is needed for. */
  readonly why: string;
  /** Who makes the call, where it is not who takes the role. */
  readonly caller?: string;
}

/** What a role is for. */
interface RoleNote {
  /** Who takes the role. */
  readonly caller: string;
  /** By the Sid of a statement, or the name of a managed policy. */
  readonly rights: Readonly<Record<string, StatementNote>>;
}

const LOGIN = {
  why: "log in to ECR, which knows no narrower resource (EXC-07)",
};

const LOGIN_AND_PUSH = {
  EcrLogin: LOGIN,
  EcrPushPull: { why: "push and pull images of builds and cached layers" },
} as const;

const MAIL = { why: "mails to users, from one sender" } as const;

/** What every node needs, whatever runs on it. */
const OF_NODES = {
  AmazonEKSWorkerNodePolicy: { why: "join the cluster" },
  AmazonEKS_CNI_Policy: { why: "addresses for pods", caller: "`aws-node`" },
  AmazonEC2ContainerRegistryPullOnly: {
    why: "pull, and nothing else (CIS 5.1.3)",
    caller: "kubelet: images of EKS add-ons",
  },
};

/** What the pods of a service may do. */
const ofService = (service: string): RoleNote => ({
  caller: `pods of the service \`${service}\`, account \`deployment-runner\``,
  rights: {
    "": { why: "as the settings say, `role.statements`" },
    KeyOfStores: {
      why: "encrypt and decrypt what lies in stores",
      caller: "the services of AWS that keep the stores, for the pods",
    },
  },
});

/** What the workflows of a service on GitHub may do. */
const ofWorkflows = (service: string, own = {}): RoleNote => ({
  caller: `workflows of the service \`${service}\` on GitHub`,
  rights: {
    LogInToRegistry: LOGIN,
    PushAndPull: { why: "push and pull images of its own repository" },
    ...own,
  },
});

/**
 * What each statement is for, by the role's key. A statement without an entry here fails a test, and so does an entry
 * without a statement.
 */
export const NOTES: Readonly<Record<string, RoleNote>> = {
  "wave-server": {
    caller: "Wave's server: pod `wave`, account `wave-sa`",
    rights: {
      LogsList: { why: "find build logs" },
      LogsObjects: { why: "read and write build logs" },
      LogsKey: {
        why: "encrypt and decrypt what lies in the bucket of logs",
        caller: "S3, for Wave's server",
      },
      ObjectsList: { why: "find build logs, build locks and scan reports" },
      ObjectsReadWrite: {
        why: "read and write build logs, build locks and scan reports",
      },
      AssumeEcrRole: { why: "take the role that logs in to ECR" },
      Mail: MAIL,
    },
  },
  "wave-build": {
    caller: "build pods: Kaniko and Trivy, account `wave-build-sa`",
    rights: LOGIN_AND_PUSH,
  },
  "wave-ecr": {
    caller: "Wave's server, which hands the login to its build jobs",
    rights: LOGIN_AND_PUSH,
  },
  "wave-cache": {
    caller: "build jobs: BuildKit, account `wave-build-sa`",
    rights: {
      CacheList: { why: "find cached layers" },
      CacheObjects: { why: "read and write cached layers" },
      CacheKey: {
        why: "encrypt and decrypt cached layers",
        caller: "S3, for BuildKit",
      },
    },
  },
  "wave-ecr-key": {
    caller: "the operator's IAM user: Wave's server and its build pods",
    rights: LOGIN_AND_PUSH,
  },
  "surreal-export": {
    caller: "CronJob `surreal-export`, account `surreal-export`",
    rights: {
      ExportObjects: { why: "write the nightly export of SurrealDB" },
      ExportKey: { why: "encrypt the export", caller: "S3, for the export" },
    },
  },
  "load-balancer-controller": {
    caller: "AWS Load Balancer Controller, in `kube-system`",
    rights: {
      ServiceLinkedRole: { why: "the account's first load balancer" },
      Describe: { why: "see what there is; reads only (EXC-07)" },
      Certificates: { why: "find the certificate of a host (EXC-07)" },
      RulesInVpc: {
        why: "open the nodes to the load balancer; any group of the VPC (EXC-53)",
      },
      CreateGroup: { why: "a security group for the load balancer (EXC-53)" },
      TagNewGroup: { why: "mark a new security group as its own" },
      TagOwnGroup: { why: "tags of its own security groups" },
      ChangeOwnGroup: { why: "rules and end of its own security groups" },
      CreateBalancer: {
        why: "load balancers and target groups, marked as its own",
      },
      ListenersAndRules: { why: "listeners and rules (EXC-53)" },
      TagOwnBalancer: { why: "tags of its own load balancers" },
      TagListeners: { why: "tags of listeners and rules" },
      ChangeOwnBalancer: { why: "settings and end of its own load balancers" },
      TagNewBalancer: { why: "mark a new load balancer as its own" },
      Targets: { why: "pods come and go as targets" },
      ChangeListeners: {
        why: "certificates and rules of listeners (EXC-53)",
      },
      WebAcl: { why: "attach the web ACL of the settings, if any" },
    },
  },
  "cluster-autoscaler": {
    caller: "Cluster Autoscaler, in `kube-system`",
    rights: {
      LookAtGroups: {
        why: "see groups and instance types; reads only (EXC-07)",
      },
      LabelsOfGroups: { why: "labels and taints of a group without nodes" },
      ScaleOwnGroups: {
        why: "start and end instances of the groups with this cluster's tag",
      },
    },
  },
  "cloudwatch-agent": {
    caller: "CloudWatch agent and Fluent Bit, in `amazon-cloudwatch`",
    rights: {
      NamesOfNodes: {
        why: "names of Auto Scaling group and volumes; reads only (EXC-07)",
      },
      WriteLogs: { why: "write into the four log groups that are there" },
    },
  },
  "efs-csi-controller": {
    caller: "EFS CSI controller, in `kube-system`",
    rights: {
      Describe: { why: "see the file system; reads only (EXC-07)" },
      CreateAccessPoint: { why: "access points of its own, marked" },
      TagOwnAccessPoint: {
        why: "tags of access points that an EFS CSI driver made, that of another cluster too",
      },
      DeleteOwnAccessPoint: {
        why: "end of access points that an EFS CSI driver made, that of another cluster too",
      },
    },
  },
  "efs-csi-node": {
    caller: "EFS CSI node agent: mounts, in `kube-system`",
    rights: {
      Zones: { why: "the zone it is in; reads only (EXC-07)" },
      MountTargets: { why: "the mount target of its zone" },
      MountLog: { why: "log of its mounts" },
    },
  },
  "eks-cluster": {
    caller: "EKS control plane",
    rights: {
      EncryptKubernetesSecrets: {
        why: "encrypt Secrets of Kubernetes at rest",
      },
      AmazonEKSClusterPolicy: {
        why: "network interfaces and security group of the cluster",
      },
    },
  },
  "eks-node": {
    caller: "EC2 instances of the node groups: kubelet and `aws-node`",
    rights: OF_NODES,
  },
  "flow-log": {
    caller: "VPC flow logs",
    rights: { WriteIntoTheLogGroup: { why: "write into its log group" } },
  },
  backup: {
    caller: "AWS Backup",
    rights: {
      AWSBackupServiceRolePolicyForBackup: {
        why: "the daily backup of the file system",
      },
    },
  },
  "rds-monitoring": {
    caller: "RDS enhanced monitoring",
    rights: {
      AmazonRDSEnhancedMonitoringRole: {
        why: "metrics of the database's host",
      },
    },
  },
  "emg-backup": {
    caller: "AWS Backup",
    rights: {
      AWSBackupServiceRolePolicyForBackup: {
        why: "the daily backup of the EMG API's files",
      },
    },
  },
  "emg-rds-monitoring": {
    caller: "RDS enhanced monitoring",
    rights: {
      AmazonRDSEnhancedMonitoringRole: {
        why: "metrics of the host of Prefect's database",
      },
    },
  },
  "tower-launcher": {
    caller: "Seqera Platform, which launches pipelines",
    rights: {
      ListClusters: { why: "clusters of its form; reads only (EXC-07)" },
      OneCluster: { why: "address and certificate of this cluster" },
      ListWorkFiles: { why: "find the logs of tasks" },
      ReadWorkFiles: { why: "show the logs of tasks" },
      DataBuckets: { why: "buckets of `computeEnv.s3.dataBuckets`" },
      DataObjects: { why: "data of these buckets: Data Explorer and Studios" },
      ListBuckets: {
        why: "buckets of its menus, by `listAllBuckets`; reads only (EXC-07)",
      },
      ReadWithKeys: {
        why: "decrypt what it reads",
        caller: "S3, for Platform",
      },
    },
  },
  "tower-fusion": {
    caller: "head pods and tasks with Fusion",
    rights: {
      ListWorkFiles: { why: "find work files, below one prefix" },
      RegionOfBucket: { why: "the region of the work bucket" },
      WorkFiles: { why: "read, write and remove work files" },
      WriteWithKeys: {
        why: "encrypt and decrypt work files",
        caller: "S3, for head pods and tasks",
      },
    },
  },
  "compute-node": {
    caller: "EC2 instances of the group of pipelines: kubelet and `aws-node`",
    rights: OF_NODES,
  },
  "service-api": ofService("api"),
  "service-worker": ofService("worker"),
  "ci-api": ofWorkflows("api"),
  "ci-worker": ofWorkflows("worker"),
  "ci-ui": ofWorkflows("ui", {
    "": { why: "as the settings say, `ci.statements`" },
    KeyOfStores: {
      why: "encrypt what it writes into stores",
      caller: "S3, for the workflows",
    },
  }),
  "flux-source-controller": {
    caller: "Flux: account `source-controller`",
    rights: {
      LogInToRegistry: LOGIN,
      Pull: { why: "pull charts and artifacts of the services' repositories" },
    },
  },
  "flux-image-reflector-controller": {
    caller: "Flux: account `image-reflector-controller`",
    rights: {
      LogInToRegistry: LOGIN,
      ReadTags: { why: "find new tags of images" },
    },
  },
  "external-dns": {
    caller: "external-dns",
    rights: {
      FindZone: { why: "find its zone; reads only" },
      ReadRecords: { why: "records that are there" },
      WriteRecordsOfTheDomain: {
        why: "records of the domain and of names below it",
      },
    },
  },
};
