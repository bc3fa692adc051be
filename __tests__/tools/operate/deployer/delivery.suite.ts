import { deployerPolicies } from "../../../../tools/operate/deployer/documents";
import {
  MANAGED_POLICY_LIMIT,
  lengthOf,
} from "../../../../tools/operate/deployer/parts";
import {
  type SettingsChange,
  deliverySettings,
} from "../../../support/settings";

const text = (change: SettingsChange = {}): string =>
  JSON.stringify(deployerPolicies(deliverySettings(change)));

test("charts of services in ECR are read, and no other chart of theirs", () => {
  const repository =
    "oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/mirror";
  const mirrored = text({
    delivery: {
      flux: { chart: { repository } },
      ingress: { class: "nginx", chart: { repository } },
      tls: { kind: "letsencrypt", email: "ops@example.org" },
      dns: { owner: "external-dns", chart: { repository } },
    },
  });
  const read = [...mirrored.matchAll(/repository\/mirror\/([\w-]+)/g)].map(
    ([, chart]) => chart,
  );
  expect(read).toEqual(["flux2", "nginx-ingress", "external-dns"]);
});

const named: SettingsChange = {
  delivery: {
    services: [
      {
        name: "worker",
        repository: "example/worker",
        namespaces: ["worker-default"],
        role: {
          physicalName: "worker-role-prod",
          statements: [{ actions: ["s3:ListAllMyBuckets"], resources: ["*"] }],
        },
      },
    ],
  },
};

test.each([
  "table/experiments-prod",
  ":queue-job-prod.fifo",
  ":queue-job-prod-dead-letters.fifo",
  ":work-results-prod",
  "s3:::worker-results-prod-123456789012",
  "repository/worker",
  "role/worker-role-prod",
  String.raw`\\052.scp.example.org`,
])("%s is named", (name) => {
  expect(text(named)).toContain(name);
});

test("what the settings do not have is not allowed", () => {
  expect(text()).not.toContain("worker-role-prod");
  const bare = text({
    observability: undefined,
    delivery: {
      services: [],
      dns: { owner: "none" },
      tls: {
        kind: "acmExisting",
        certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/1",
      },
      stores: {
        buckets: [],
        tables: [],
        queues: [],
        topics: [],
        redis: undefined,
      },
    },
  });
  expect(bare).not.toMatch(
    /dynamodb:|sqs:|sns:|PutBucketCORS|elasticache:C|acm:Request|route53:Change|githubusercontent/,
  );
});

test("many stores are named in several documents, each short enough, and none is left out", () => {
  const names = [...Array(40).keys()].map((index) => `store-number-${index}`);
  const buckets = names.map((name) => ({ name }));
  const tables = names.map((name) => ({ name, hashKey: "id" }));
  const documents = deployerPolicies(
    deliverySettings({
      retain: false,
      delivery: { services: [], stores: { buckets, tables } },
    }),
  );
  expect(Object.keys(documents)).toEqual(
    expect.arrayContaining(["artifacts", "artifacts-2"]),
  );
  const printed = JSON.stringify(documents);
  for (const document of Object.values(documents)) {
    expect(lengthOf(document)).toBeLessThanOrEqual(MANAGED_POLICY_LIMIT);
    const sids = document.Statement.map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
  }
  for (const name of names) {
    expect(printed).toContain(`s3:::${name}-prod-123456789012/*`);
    expect(printed).toContain(`table/${name}-prod`);
  }
});
