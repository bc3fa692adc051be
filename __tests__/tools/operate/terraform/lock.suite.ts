import {
  lockIn,
  lockOfInfo,
  lockSentence,
} from "../../../../tools/operate/terraform/lock";
import { projectFile } from "../../../../modules/lib/project-file";

const target = { outdir: projectFile("cdktf.out", "prod") };

/** As Terraform 1.11.4 prints it. */
const REFUSED = `
╷
│ Error: Error acquiring the state lock
│
│ Error message: operation error S3: PutObject, https response error StatusCode: 412
│ Lock Info:
│   ID:        5a8b2c1d-0000-1111-2222-333344445555
│   Path:      wave-prod-state/wave/prod/data.tfstate
│   Operation: OperationTypeApply
│   Who:       ada@build-7
│   Version:   1.11.4
│   Created:   2026-11-27 10:15:01.123456789 +0000 UTC
│   Info:
│
│ Terraform acquires a state lock to protect the state from being written
╵`.split("\n");

test("who holds a lock, since when, and the way out are one sentence", () => {
  const lock = lockIn(REFUSED);
  expect(lock && lockSentence(target, "data", lock)).toBe(
    "The state of data is locked by ada@build-7 since 2026-11-27 10:15:01 UTC (apply): wait for its end, or where it was killed, `terraform -chdir=cdktf.out/prod/stacks/data force-unlock 5a8b2c1d-0000-1111-2222-333344445555`.",
  );
});

test("a lock file says the same as Terraform's error", () => {
  expect(
    lockOfInfo(
      JSON.stringify({
        ID: "5a8b2c1d-0000-1111-2222-333344445555",
        Operation: "OperationTypeApply",
        Who: "ada@build-7",
        Created: "2026-11-27T10:15:01.123456789Z",
      }),
    ),
  ).toEqual(lockIn(REFUSED));
});

test("another error is no lock", () => {
  expect(lockIn(["Error: creating VPC", "ID: vpc-1"])).toBeUndefined();
});
