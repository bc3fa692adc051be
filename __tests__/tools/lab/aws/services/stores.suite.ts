import { acmService } from "../../../../../tools/lab/aws/services/acm";
import { backupService } from "../../../../../tools/lab/aws/services/backup/backup";
import {
  type Answer,
  jsonAnswer,
} from "../../../../../tools/lab/aws/services/call";
import { efsService } from "../../../../../tools/lab/aws/services/efs";
import { route53Service } from "../../../../../tools/lab/aws/services/route53";
import { s3Service } from "../../../../../tools/lab/aws/services/s3";
import { sesService } from "../../../../../tools/lab/aws/services/ses/ses";
import { stsService } from "../../../../../tools/lab/aws/services/sts";
import { Client, errorOf, fakeMoto, world } from "../../support";

afterEach(() => jest.restoreAllMocks());

test("a vault with a recovery point cannot be deleted, an empty one can", async () => {
  const backup = new Client(backupService(world));
  const remove = () => backup.rest("DELETE /backup-vaults/v");
  await backup.rest("PUT /backup-vaults/v", {});
  const { RecoveryPointArn } = (await backup.rest("PUT /backup-jobs", {
    BackupVaultName: "v",
    ResourceArn: "arn:aws:elasticfilesystem:eu-central-1:1:file-system/fs-1",
    IamRoleArn: "arn:aws:iam::1:role/r",
  })) as { RecoveryPointArn: string };
  expect(await errorOf(remove)).toMatch(/contains recovery points/);
  await backup.rest(
    `DELETE /backup-vaults/v/recovery-points/${encodeURIComponent(RecoveryPointArn)}`,
  );
  await remove();
  expect(await backup.rest("GET /backup-vaults")).toEqual({
    BackupVaultList: [],
  });
});

test("a backup plan with a selection cannot be deleted", async () => {
  const backup = new Client(backupService(world));
  const { BackupPlanId } = (await backup.rest("PUT /backup/plans", {
    BackupPlan: { BackupPlanName: "p", Rules: [] },
  })) as { BackupPlanId: string };
  await backup.rest(`PUT /backup/plans/${BackupPlanId}/selections`, {
    BackupSelection: {},
  });
  expect(
    await errorOf(() => backup.rest(`DELETE /backup/plans/${BackupPlanId}`)),
  ).toMatch(/selections must be deleted/);
});

test("moto gets the Allow statements of a bucket policy, the caller all of them", async () => {
  const policy = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Deny", Action: "s3:*" },
      { Effect: "Allow", Action: "s3:PutObject" },
    ],
  };
  const forwarded: unknown[] = [];
  const s3 = new Client(s3Service(), (body): Promise<Answer> => {
    forwarded.push(JSON.parse(body?.toString("utf8") ?? ""));
    return Promise.resolve(jsonAnswer({}));
  });
  await s3.rest("PUT /bucket?policy", policy);
  expect(forwarded).toEqual([
    { ...policy, Statement: [{ Effect: "Allow", Action: "s3:PutObject" }] },
  ]);
  expect(await s3.rest("GET /bucket?policy")).toEqual(policy);
  expect(await errorOf(() => s3.rest("GET /other?policy"))).toMatch(
    /^NoSuchBucketPolicy/,
  );
});

test("a certificate in use cannot be deleted", async () => {
  fakeMoto(() => '{"Certificate":{"InUseBy":["a load balancer"]}}');
  const acm = new Client(acmService(world));
  expect(
    await errorOf(() =>
      acm.target("DeleteCertificate", { CertificateArn: "c" }),
    ),
  ).toMatch(
    /^ResourceInUseException: Certificate c is in use by a load balancer/,
  );
});

test("a certificate is asked for with whether it may be exported, or moto lists none", async () => {
  const forwarded: unknown[] = [];
  const acm = new Client(acmService(world), (body) => {
    forwarded.push(JSON.parse(body?.toString("utf8") ?? ""));
    return Promise.resolve(jsonAnswer({}));
  });
  const Options = { CertificateTransparencyLoggingPreference: "ENABLED" };
  await acm.target("RequestCertificate", { DomainName: "a", Options });
  await acm.target("RequestCertificate", { Options: { Export: "ENABLED" } });
  expect(forwarded).toEqual([
    { DomainName: "a", Options: { ...Options, Export: "DISABLED" } },
    { Options: { Export: "ENABLED" } },
  ]);
});

test("EFS keeps its backup policy, and an update shows in the next description", async () => {
  const efs = new Client(efsService(), () =>
    Promise.resolve(
      jsonAnswer({
        FileSystems: [{ FileSystemId: "fs-1", ThroughputMode: "bursting" }],
      }),
    ),
  );
  const path = "/2015-02-01/file-systems";
  expect(
    await errorOf(() => efs.rest(`GET ${path}/fs-1/backup-policy`)),
  ).toMatch(/^PolicyNotFound/);
  await efs.rest(`PUT ${path}/fs-1/backup-policy`, {
    BackupPolicy: { Status: "ENABLED" },
  });
  expect(await efs.rest(`GET ${path}/fs-1/backup-policy`)).toEqual({
    BackupPolicy: { Status: "ENABLED" },
  });
  await efs.rest(`PUT ${path}/fs-1`, { ThroughputMode: "elastic" });
  expect(await efs.rest(`GET ${path}`)).toEqual({
    FileSystems: [{ FileSystemId: "fs-1", ThroughputMode: "elastic" }],
  });
});

test("a mail identity keeps its MAIL FROM domain", async () => {
  const ses = new Client(sesService(world));
  const path = "/v2/email/identities";
  await ses.rest(`POST ${path}`, { EmailIdentity: "example.com" });
  await ses.rest(`PUT ${path}/example.com/mail-from`, {
    MailFromDomain: "bounce.example.com",
    BehaviorOnMxFailure: "USE_DEFAULT_VALUE",
  });
  expect(await ses.rest(`GET ${path}/example.com`)).toMatchObject({
    VerifiedForSendingStatus: true,
    MailFromAttributes: { MailFromDomain: "bounce.example.com" },
  });
});

test("every caller is a session of the deployer", async () => {
  const sts = new Client(stsService(world));
  expect(await sts.query("GetCallerIdentity")).toContain(
    "<Arn>arn:aws:sts::123456789012:assumed-role/wave-deployer/lab</Arn>",
  );
});

test("a deleted record can be made again, one that exists cannot", async () => {
  fakeMoto(() => "<Name>a.example.com.</Name><Type>CNAME</Type>");
  const forwarded: string[] = [];
  const route53 = new Client(route53Service(world), (body) => {
    forwarded.push(body?.toString("utf8") ?? "");
    return Promise.resolve(jsonAnswer({}));
  });
  const change = (name: string) =>
    `<Change><Action>CREATE</Action><ResourceRecordSet><Name>${name}</Name><Type>CNAME</Type></ResourceRecordSet></Change>`;
  const create = (name: string) => () =>
    route53.send("POST /2013-04-01/hostedzone/Z1/rrset", change(name));
  expect(await errorOf(create("a.example.com"))).toMatch(
    /^InvalidChangeBatch: .*a\.example\.com.*already exists/,
  );
  await create("b.example.com")();
  expect(forwarded).toEqual([
    change("b.example.com").replace("CREATE", "UPSERT"),
  ]);
});
