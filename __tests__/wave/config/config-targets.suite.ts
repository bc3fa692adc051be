import { waveInputs } from "../../support/wave-inputs";
import { type SettingsChange, currentSettings } from "../../support/settings";
import { currentObjects } from "../../support/wave";

const waveOf = (change: SettingsChange) => {
  const { configFile } = currentObjects(change);
  return (
    configFile as {
      wave: {
        build: Record<string, unknown>;
        registries: Record<string, unknown>;
      };
    }
  ).wave;
};

test("cached layers go to the registry of the settings, images to our repository", () => {
  const cache = "docker.io/example/wave-cache";
  const change: SettingsChange = {
    wave: { build: { cache }, secrets: { dockerHub: "wave/docker" } },
  };
  const { data } = waveInputs(currentSettings());
  expect(waveOf(change).build).toMatchObject({
    cache,
    repo: data.buildRepositoryUrl,
  });
  expect(waveOf(change).build).not.toHaveProperty("cache-bucket-region");
});

test("Wave logs in to ECR with the role for it, also when it takes another role on its way", () => {
  const jumpRoleArn = "arn:aws:iam::210987654321:role/wave-jump";
  const { identity } = waveInputs(currentSettings());
  const { registries } = waveOf({
    wave: {
      current: { jumpRoleArn, jumpExternalId: "jump", ecrExternalId: "ecr" },
    },
  });
  expect(registries).toEqual({
    "123456789012.dkr.ecr.eu-central-1.amazonaws.com": {
      username: identity.ecrRoleArn,
      password: "ecr",
    },
  });
});
