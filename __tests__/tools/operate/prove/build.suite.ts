import { buildOnce } from "../../../../tools/operate/prove/build";
import { targetOf } from "../../../../tools/operate/verify/target";
import {
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../../support/settings";
import { type Answers, StubWave } from "../../../support/stub-wave";

const stub = new StubWave();
const settings = currentSettings();
let address: string;
beforeAll(async () => {
  address = await stub.listen();
});
afterAll(() => stub.close());
beforeEach(() => {
  stub.asked.length = 0;
});

const STATUS = "GET /v1alpha2/container/r1/status";

/** One build, with a token, against what Wave answers. */
function build(
  answers: Answers | (() => Answers),
  of = settings,
  token: string | undefined = "secret-token",
) {
  stub.answers = answers;
  const made = targetOf(of.wave.hostname, { url: address, timeout: "5" });
  if ("problems" in made) throw new Error("the address");
  return buildOnce(of, made.target, token, { seconds: 1, everyMs: 5 });
}

const begun: Answers = {
  "POST /v1alpha2/container": [200, '{"requestId":"r1","buildId":"bd-1_1"}'],
};

test("waits until the build is done, and says how it ended", async () => {
  let asked = 0;
  const result = await build(() => {
    asked += 1;
    const body =
      asked < 4
        ? '{"status":"BUILDING"}'
        : '{"status":"DONE","succeeded":true}';
    return { ...begun, [STATUS]: [200, body] };
  });
  expect(result).toEqual({
    outcome: "passed",
    detail: "build bd-1_1 succeeded",
  });
  const [first] = stub.asked;
  const body = JSON.parse(first?.body ?? "") as Record<string, string>;
  expect(body.towerAccessToken).toBe("secret-token");
  expect(Buffer.from(body.containerFile ?? "", "base64").toString()).toMatch(
    /^FROM .*\nRUN echo 20\d\d-/,
  );
});

test("a build that fails, and one that never ends, are no proof", async () => {
  const failed = {
    ...begun,
    [STATUS]: [200, '{"status":"DONE","succeeded":false}'] as const,
  };
  expect(await build(failed)).toMatchObject({ outcome: "failed" });
  const endless = {
    ...begun,
    [STATUS]: [200, '{"status":"BUILDING"}'] as const,
  };
  expect(await build(endless)).toEqual({
    outcome: "failed",
    detail: "build bd-1_1 was not done in 1 s; last: BUILDING",
  });
});

test("a refused request is said, without the token", async () => {
  const answers = {
    "POST /v1alpha2/container": [400, "Unauthorized"] as const,
  };
  const { outcome, detail } = await build(answers);
  expect(outcome).toBe("failed");
  expect(detail).toContain("400 Unauthorized");
  expect(detail).not.toContain("secret-token");
});

test.each([
  ["Lite", liteSettings(), "Lite"],
  ["the classic line", exampleSettings(), "1.13.0"],
])("%s is not run, and nothing is asked", async (_name, of, why) => {
  const { outcome, detail } = await build(begun, of);
  expect(outcome).toBe("not run");
  expect(detail).toContain(why);
  expect(stub.asked).toEqual([]);
});

test("without a token it is not run, where nobody may ask anonymously", async () => {
  const of = currentSettings({ wave: { allowAnonymous: false } });
  stub.answers = begun;
  const made = targetOf(of.wave.hostname, { url: address });
  if ("problems" in made) throw new Error("the address");
  const { outcome, detail } = await buildOnce(of, made.target, undefined);
  expect(outcome).toBe("not run");
  expect(detail).toContain("--token-file");
});
