import { type EmulatedService, jsonAnswer, jsonOf } from "./call";
import { firstRelease } from "./eks/node-groups";

/** The newest release of the images of EKS' nodes is the one that new groups start with. */
export function ssmService(): EmulatedService {
  return {
    service: "ssm",
    errors: "json",
    operations: [
      {
        name: "GetParameter",
        answer: (call, forward) => {
          const { Name = "" } = jsonOf(call) as { Name?: string };
          const [, minor] =
            /^\/aws\/service\/eks\/optimized-ami\/([\d.]+)\/.*\/release_version$/.exec(
              Name,
            ) ?? [];
          if (minor === undefined) return forward();
          return jsonAnswer({
            Parameter: { Name, Type: "String", Value: firstRelease(minor) },
          });
        },
      },
    ],
  };
}
