import { type Table } from "../table";

/** What auditors ask first, with the tables that answer, the first of them by its short answer. */
interface Question {
  readonly text: string;
  readonly tables: readonly string[];
  /** Which sentences of the tables' short answers are about it. @default all of the first table */
  readonly about?: RegExp;
}

/** The ten questions, in their usual order. */
export const QUESTIONS: readonly Question[] = [
  {
    text: "Who can delete or overwrite images that builds made?",
    tables: ["access", "secrets"],
    about: /repositor|login to ECR/,
  },
  { text: "Who reads each secret in plain text?", tables: ["secrets"] },
  {
    text: "Which key encrypts each store, and which line makes it?",
    tables: ["data", "resources"],
    about: /^Key |encrypted/,
  },
  { text: "Which ports lead to and from Wave?", tables: ["network"] },
  {
    text: "What survives a destroy?",
    tables: ["data"],
    about: /destroy|leave|left/,
  },
  {
    text: "Which exceptions are there, who accepted them, and until when?",
    tables: ["exceptions", "risks"],
  },
  { text: "What is open to the internet without a login?", tables: ["open"] },
  {
    text: "Which images run, are they pinned, and until when are versions supported?",
    tables: ["images", "versions"],
  },
  {
    text: "Can a user's code reach credentials of AWS, the Kubernetes API or the node's metadata?",
    tables: ["paths", "secrets"],
    about: /^Code of|^Namespace |login to ECR/,
  },
  {
    text: "What may the deployer do, and can it give itself more?",
    tables: ["escalation", "deployer"],
  },
];

/** The short answer: sentences that tables derive from their rows. */
export function answerOf(
  { tables: ids, about }: Question,
  tables: readonly Table[],
): string[] {
  const sentences = ids.flatMap(
    (id) => tables.find((table) => table.id === id)?.summary ?? [],
  );
  const fitting = sentences.filter((text) => about?.test(text) ?? true);
  return fitting.length > 0 ? fitting : sentences;
}
