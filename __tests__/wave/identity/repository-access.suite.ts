import { withRelease } from "../../../modules/wave/release/release";
import { pusherArns } from "../../../modules/wave/identity/repository-access";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
} from "../../support/settings";

const build = "arn:aws:iam::123456789012:role/wave-prod-euc1-wave-build";
const user = "arn:aws:iam::123456789012:user/wave-ecr";

const pushersWith = (change: SettingsChange = {}) =>
  pusherArns(withRelease(exampleSettings(change)), build);

test("classic: only the build role pushes", () => {
  expect(pushersWith()).toEqual([build]);
});

test("the key's user alone changes nothing while there is no key", () => {
  expect(pushersWith({ wave: { classic: { ecrKeyUserArn: user } } })).toEqual([
    build,
  ]);
});

test("IAM-10: with the key its user pushes too: the one that is named, else users but no other role", () => {
  const ecrKeySecret = "wave/ecr-key";
  expect(
    pushersWith({ wave: { classic: { ecrKeySecret, ecrKeyUserArn: user } } }),
  ).toEqual([build, user]);
  expect(pushersWith({ wave: { classic: { ecrKeySecret } } })).toEqual([
    build,
    "arn:aws:iam::123456789012:user/*",
  ]);
  expect(
    pushersWith({
      region: "us-gov-west-1",
      wave: { classic: { ecrKeySecret } },
    }),
  ).toContain("arn:aws-us-gov:iam::123456789012:user/*");
});

test("IAM-08, current: only the ECR role pushes, with a layer cache in S3 too", () => {
  const ecr = "arn:aws:iam::123456789012:role/wave-prod-euc1-wave-ecr";
  expect(pusherArns(withRelease(currentSettings()), ecr)).toEqual([ecr]);
  expect(
    pusherArns(withRelease(currentSettings({ data: { buildCache: {} } })), ecr),
  ).toEqual([ecr]);
});

test("IAM-10: the key of the classic line opens nothing on the current one", () => {
  const settings = currentSettings({
    wave: { classic: { ecrKeySecret: "wave/ecr-key", ecrKeyUserArn: user } },
  });
  expect(pusherArns(withRelease(settings), build)).toEqual([build]);
});
