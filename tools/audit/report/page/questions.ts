import { type Table } from "../table";

/** What auditors ask first, with the tables that answer, the first of them by its short answer. */
interface Question {
  readonly text: string;
  readonly tables: readonly string[];
  /** Which sentences of the tables' short answers are about it. @default all of the first table */
  readonly about?: RegExp;
  /** The answer where no sentence is about it. */
  readonly none?: string;
}

/** The ten questions, in their usual order. */
export const QUESTIONS: readonly Question[] = [
  {
    text: "Who can delete or overwrite images that builds made?",
    tables: ["access", "secrets"],
    about: /repositor|login to ECR/,
    none: "No repository for images is made here.",
  },
  { text: "Who reads each secret in plain text?", tables: ["secrets"] },
  {
    text: "Which key encrypts each store, and which line makes it?",
    tables: ["data", "resources"],
    about: /^Key |encrypted/,
  },
  {
    text: "Which ports lead to and from Wave?",
    tables: ["network"],
    none: "Neither Wave nor another server behind a load balancer is made here.",
  },
  {
    text: "What survives a destroy?",
    tables: ["data"],
    about: /destroy|leave|left/i,
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
    about: /^Code of|^Namespace |^logins? /,
    none: "No code of users runs here that the JSON knows: every namespace of ours is restricted.",
  },
  {
    text: "What may the deployer do, and can it give itself more?",
    tables: ["escalation", "deployer"],
  },
];

/** The short answer: sentences that tables derive from their rows. */
export function answerOf(
  { tables: ids, about, none }: Question,
  tables: readonly Table[],
): string[] {
  const mine = tables.filter(({ id }) => ids.includes(id));
  const sentences = ids
    .flatMap((id) => mine.filter((table) => table.id === id))
    .flatMap(({ summary = [] }) => summary)
    .filter((text) => about?.test(text) ?? true);
  return sentences.length === 0 && mine.length > 0 && none !== undefined
    ? [none]
    : sentences;
}
