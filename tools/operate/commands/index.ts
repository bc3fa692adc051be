import { type Command } from "../cli/command";

/** A command by its name; its code, and the clients of AWS it needs, are loaded when it is called. */
export interface Listed {
  readonly name: string;
  readonly load: () => Promise<Command>;
}

/** In the order of an environment's life. */
export const COMMANDS: readonly Listed[] = [
  { name: "new", load: async () => (await import("./new.ts")).newEnvironment },
  { name: "synth", load: async () => (await import("./synth.ts")).synth },
  { name: "doctor", load: async () => (await import("./doctor.ts")).doctor },
  { name: "cost", load: async () => (await import("./cost.ts")).cost },
  { name: "plan", load: async () => (await import("./plan.ts")).plan },
  { name: "deploy", load: async () => (await import("./deploy.ts")).deploy },
  { name: "status", load: async () => (await import("./status.ts")).status },
  { name: "verify", load: async () => (await import("./verify.ts")).verify },
  { name: "prove", load: async () => (await import("./prove.ts")).prove },
  { name: "restore", load: async () => (await import("./restore.ts")).restore },
  { name: "rotate", load: async () => (await import("./rotate.ts")).rotate },
  { name: "destroy", load: async () => (await import("./destroy.ts")).destroy },
];
