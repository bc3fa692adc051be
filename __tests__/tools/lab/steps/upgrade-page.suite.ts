import { commandsBelow } from "../../../../tools/lab/steps/upgrade-page";

const page = [
  "# Page",
  "## Before",
  "```console",
  "kubectl get pods",
  "```",
  "## The window",
  "Text.",
  "```console",
  "kubectl wait job/a \\",
  "  --timeout=15m",
  "npx cdktf deploy",
  "```",
  "```console",
  "kubectl scale deployment a --replicas=0",
  "```",
  "## After",
  "```console",
  "kubectl get nodes",
  "```",
].join("\n");

test("the kubectl commands of one section, also over several lines", () => {
  expect(commandsBelow(page, "The window")).toEqual([
    "kubectl wait job/a --timeout=15m",
    "kubectl scale deployment a --replicas=0",
  ]);
});
