// A project of somebody else: no settings, no Wave. Network, cluster and stores by constructs of the package.
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { EfsFileSystem } from "wave-on-eks/aws/efs/efs-file-system";
import { EksAccess } from "wave-on-eks/aws/eks/eks-access";
import {
  EksCluster,
  clusterLogGroupName,
} from "wave-on-eks/aws/eks/eks-cluster";
import { NodeGroup } from "wave-on-eks/aws/eks/node-group";
import { createNodeRole } from "wave-on-eks/aws/eks/node-role";
import { REDIS_PORT, Redis } from "wave-on-eks/aws/elasticache/redis";
import { IrsaRole } from "wave-on-eks/aws/iam/irsa-role";
import { OidcProvider } from "wave-on-eks/aws/iam/oidc-provider";
import { KmsKey } from "wave-on-eks/aws/kms/kms-key";
import { StoreSecurityGroup } from "wave-on-eks/aws/network/store-security-group";
import { Vpc } from "wave-on-eks/aws/network/vpc";
import { Postgres } from "wave-on-eks/aws/rds/postgres";
import {
  POSTGRES_PORT,
  postgresLogGroupName,
} from "wave-on-eks/aws/rds/postgres-instance";
import { PrivateBucket } from "wave-on-eks/aws/s3/bucket";
import { GeneratedSecret } from "wave-on-eks/aws/secrets/secret";

const account = { accountId: "111122223333", region: "eu-central-1" };

class Platform extends TerraformStack {
  private readonly key: KmsKey;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: account.region });
    this.key = new KmsKey(this, "key", {
      ...account,
      name: "lab",
      description: "Data and logs of the lab.",
      logGroupNames: [clusterLogGroupName("lab"), postgresLogGroupName("lab")],
    });
    const vpc = new Vpc(this, "vpc", {
      name: "lab",
      region: account.region,
      cidr: "10.20.0.0/20",
      zones: ["a", "b"],
    });
    const cluster = this.createCluster(vpc);
    this.createStores(vpc, cluster);
    this.createReader(cluster, this.createBucket());
  }

  private createCluster(vpc: Vpc): EksCluster {
    const subnetIds = Object.values(vpc.privateSubnetIds);
    const cluster = new EksCluster(this, "cluster", {
      ...account,
      name: "lab",
      version: "1.36",
      subnetIds,
      logsKeyArn: this.key.arn,
    });
    const access = new EksAccess(this, "access", {
      clusterName: cluster.clusterName,
      deployerArn: `arn:aws:iam::${account.accountId}:role/deployer`,
    });
    const role = createNodeRole(this, "node-role", {
      name: "lab-node",
      region: account.region,
    });
    new NodeGroup(this, "nodes", {
      name: "lab",
      clusterName: cluster.clusterName,
      version: "1.36",
      nodeRoleArn: role.arn,
      subnetIds,
      instanceTypes: ["m6i.large"],
      minSize: 1,
      desiredSize: 2,
      maxSize: 3,
      dependsOn: [
        ...role.permissions,
        ...access.deployer,
        ...vpc.internetConnectivity,
      ],
    });
    return cluster;
  }

  private createStores(vpc: Vpc, { securityGroupId }: EksCluster): void {
    const subnetIds = Object.values(vpc.privateSubnetIds);
    const kmsKeyArn = this.key.arn;
    const open = (id: string, port: number): string =>
      new StoreSecurityGroup(this, `${id}-access`, {
        name: `lab-${id}`,
        description: id,
        vpcId: vpc.vpcId,
        port,
        sourceSecurityGroupId: securityGroupId,
      }).securityGroupId;

    new EfsFileSystem(this, "files", {
      name: "lab",
      subnetIds: vpc.privateSubnetIds,
      securityGroupId: open("files", 2049),
      kmsKeyArn,
    });
    new Redis(this, "redis", {
      name: "lab",
      nodeType: "cache.t4g.small",
      subnetIds,
      securityGroupId: open("redis", REDIS_PORT),
      kmsKeyArn,
    });
    const password = new GeneratedSecret(this, "password", {
      name: "lab-postgres",
      description: "Password of the lab's PostgreSQL.",
      kmsKeyArn,
      version: 1,
    });
    new Postgres(this, "postgres", {
      name: "lab",
      databaseName: "lab",
      userName: "lab",
      passwordSecretArn: password.arn,
      subnetIds,
      securityGroupId: open("postgres", POSTGRES_PORT),
      kmsKeyArn,
      accountId: account.accountId,
    });
  }

  private createBucket(): PrivateBucket {
    return new PrivateBucket(this, "bucket", {
      name: "lab-111122223333-results",
      kmsKeyArn: this.key.arn,
    });
  }

  /** The service account `reader` of the namespace `default` may read the bucket. */
  private createReader(cluster: EksCluster, bucket: PrivateBucket): void {
    const provider = new OidcProvider(this, "oidc-provider", {
      name: "lab",
      issuer: cluster.oidcIssuer,
    });
    new IrsaRole(this, "reader", {
      name: "lab-reader",
      description: "Pods that read results.",
      provider,
      trust: {
        kind: "service-account",
        namespace: "default",
        serviceAccount: "reader",
      },
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: `${bucket.arn}/*`,
          },
        ],
      },
    });
  }
}

const app = new App();
new Platform(app, "platform");
app.synth();
