// CDKTF notes a stack trace without a limit for every token: a tenth of a synth, and only its own errors print it. The
// traces of Node.js and of our code keep their limit, and stay.
const { captureStackTrace } = Error;
Error.captureStackTrace = (target, below) => {
  if (Error.stackTraceLimit < Number.MAX_SAFE_INTEGER)
    captureStackTrace(target, below);
};
