import { planOperations } from "./plans";
import { type BackupTags } from "./store";
import { vaultOperations } from "./vaults";
import { type EmulatedService, jsonAnswer, jsonOf } from "../call";
import { type World } from "../world";

/** AWS Backup, wholly the lab's own: moto has no selections and no recovery points, and deletes full vaults. */
export function backupService(world: World): EmulatedService {
  const tags: BackupTags = new Map();
  return {
    service: "backup",
    errors: "json",
    operations: [
      ...vaultOperations(world, tags),
      ...planOperations(world, tags),
      {
        name: "ListTags",
        route: "GET /tags/{arn+}",
        answer: ({ params }) =>
          jsonAnswer({ Tags: tags.get(params.arn ?? "") ?? {} }),
      },
      {
        name: "TagResource",
        route: "POST /tags/{arn+}",
        answer: (call) => {
          const { arn = "" } = call.params;
          const { Tags } = jsonOf(call) as { Tags: Record<string, string> };
          tags.set(arn, { ...tags.get(arn), ...Tags });
          return jsonAnswer({});
        },
      },
      {
        name: "UntagResource",
        route: "POST /untag/{arn+}",
        answer: (call) => {
          const { arn = "" } = call.params;
          const { TagKeyList } = jsonOf(call) as { TagKeyList: string[] };
          const kept = Object.entries(tags.get(arn) ?? {}).filter(
            ([key]) => !TagKeyList.includes(key),
          );
          tags.set(arn, Object.fromEntries(kept));
          return jsonAnswer({});
        },
      },
    ],
  };
}
