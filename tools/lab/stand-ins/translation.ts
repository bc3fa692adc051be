import { type KubernetesObject } from "../../operate/manifests/manifests";
import { type Kubectl, listOf } from "../kube/kubectl";
import { sleep, until } from "../system/process";
import {
  type LivingObject,
  batchesOf,
  idOf,
  isReady,
} from "./translation-objects";

/** Name of the lab among the owners of fields. */
const owner = "--field-manager=lab";

/** Seconds for a rollout, a claim or a load balancer. */
const patience = 120;

/** Objects of a stack without Terraform: sent to the API server in their order, compared, and deleted backwards. */
export class Translation {
  private releases: readonly KubernetesObject[] = [];
  private applied: readonly KubernetesObject[] = [];

  constructor(private readonly kubectl: Kubectl) {}

  /**
   * Makes and changes these objects, and deletes what an earlier call made and is not among them, as Terraform would.
   * @param releases What stands in for Helm releases: made before everything else, and then left to itself.
   * @throws Error when the API server refuses an object, or one does not become ready.
   */
  async apply(
    releases: readonly KubernetesObject[],
    objects: readonly KubernetesObject[],
  ): Promise<void> {
    const added = without(releases, this.releases);
    const goneReleases = without(this.releases, releases);
    this.releases = [...this.releases, ...added];
    await this.send(added);

    const gone = without(this.applied, objects);
    this.applied = [...gone, ...objects];
    await this.send(objects);

    await this.remove(gone);
    this.applied = objects;
    await this.remove(goneReleases);
    this.releases = releases;
  }

  /** What another `apply` would change, by object. */
  async differences(): Promise<string[]> {
    if (this.applied.length === 0) return [];
    const { code, stdout, stderr } = await this.kubectl.ask(
      ["diff", "--server-side", "--force-conflicts", owner, "-f", "-"],
      listOf(this.applied),
    );
    const files = changedFiles(stdout);
    // It ends with 1 for differences, and for some errors too.
    if (code !== 0 && files.length === 0)
      throw new Error(`kubectl diff: ${stderr.trim()}`);
    return files;
  }

  /** Deletes everything that was applied, releases last, but objects named `Kind name` in `keep`. */
  async removeAll(keep: readonly string[] = []): Promise<void> {
    await this.remove(this.applied);
    this.applied = [];
    await this.remove(
      this.releases.filter(
        ({ kind, metadata }) => !keep.includes(`${kind} ${metadata.name}`),
      ),
    );
    this.releases = [];
  }

  private async send(objects: readonly KubernetesObject[]): Promise<void> {
    for (const batch of batchesOf(objects)) {
      await this.kubectl(
        ["apply", "--server-side", "--validate=strict", owner, "-f", "-"],
        listOf(batch),
      );
      await this.ready(batch);
    }
  }

  private async remove(objects: readonly KubernetesObject[]): Promise<void> {
    for (const batch of batchesOf(objects).reverse())
      await this.kubectl(
        [
          ...["delete", "--cascade=foreground", "--ignore-not-found", "--wait"],
          ...[`--timeout=${patience}s`, "-f", "-"],
        ],
        listOf([...batch].reverse()),
      );
  }

  private async ready(batch: readonly KubernetesObject[]): Promise<void> {
    let waiting = "";
    await until(`the API objects ${waiting}`, patience, async () => {
      const text = await this.kubectl(
        ["get", "-f", "-", "-o", "json"],
        listOf(batch),
      );
      const pending = livingOf(text).filter((object) => !isReady(object));
      waiting = pending
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
        .join(", ");
      if (pending.length === 0) return true;
      await sleep(500);
      return undefined;
    }).catch(() => {
      throw new Error(`not ready within ${patience} seconds: ${waiting}`);
    });
  }
}

/** Those of `objects` that are not among `others`. */
function without(
  objects: readonly KubernetesObject[],
  others: readonly KubernetesObject[],
): KubernetesObject[] {
  const ids = new Set(others.map(idOf));
  return objects.filter((object) => !ids.has(idOf(object)));
}

/** One object comes alone, several as a list. */
function livingOf(text: string): readonly LivingObject[] {
  const answer = JSON.parse(text) as LivingObject & {
    items?: readonly LivingObject[];
  };
  return answer.items ?? [answer];
}

/** Objects of the output of `kubectl diff`: one header with the path of a file for each. */
export const changedFiles = (diff: string): string[] =>
  [...diff.matchAll(/^\+\+\+ \S*\/(\S+)/gm)].map(([, file = ""]) => file);
