import { checkSettings } from "../../../modules/rules";
import { platformsSettings } from "../../support/settings";

const problemsWith = (buckets: number) =>
  checkSettings(
    platformsSettings({
      computeEnv: {
        s3: {
          dataBuckets: Array.from(
            { length: buckets },
            (_, at) => `${"b".repeat(60)}${String(at).padStart(3, "0")}`,
          ),
        },
      },
    }),
  );

test("T-10: more buckets than IAM takes in one policy are refused at synth", () => {
  expect(problemsWith(50)).toEqual([]);
  expect(problemsWith(70).map(({ path }) => path)).toEqual(["computeEnv.s3"]);
});
