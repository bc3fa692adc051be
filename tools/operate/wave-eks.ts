// The program `wave-eks`; scripts/wave-eks.mjs starts it.
import { runProgram } from "./cli/program";
import { openTerminal } from "./cli/terminal";

const { stdout, stderr, stdin, env: variables } = process;

runProgram(process.argv.slice(2), {
  variables,
  open: (json) => openTerminal({ json, stdout, stderr, stdin, variables }),
})
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    // Ctrl-C at a question.
    if (error instanceof Error && error.name === "ExitPromptError") {
      process.exitCode = 130;
      return;
    }
    throw error;
  });
