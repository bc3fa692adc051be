import { type SettingsChange, currentSettings } from "../../support/settings";
import { testRefused } from "../../support/settings-rules";

describe("environments", () => {
  const add = (...environments: string[]): SettingsChange => ({
    wave: { environments },
  });
  testRefused(
    [
      [
        "ENV-03: surrealdb is gone",
        add("surrealdb"),
        "wave.environments[0]",
        ["does not have it any more"],
      ],
      [
        "ENV-03: buildlogs-aws is gone",
        add("prod", "buildlogs-aws"),
        "wave.environments[1]",
        ["does not have it any more"],
      ],
      [
        "lite without the mode",
        add("lite"),
        "wave.environments[0]",
        ["set wave.mode: lite"],
      ],
      [
        "ENV-03: strict by its setting",
        add("strict"),
        "wave.environments[0]",
        ["set wave.current.strict: true"],
      ],
      [
        "an unknown name",
        add("reserved-word"),
        "wave.environments[0]",
        ["write reserved-words"],
      ],
      [
        "a name like nothing else",
        add("kubernetes-in-a-box"),
        "wave.environments[0]",
        ["Wave 1.37.0 knows no such environment"],
      ],
      [
        "mail without its section",
        { wave: { mail: undefined, environments: ["aws-ses"] } },
        "wave.environments[0]",
        ["set wave.mail"],
      ],
      ["ENV-02: ec2", add("ec2"), "wave.environments[0]", ["Parameter Store"]],
    ],
    currentSettings,
  );
});
