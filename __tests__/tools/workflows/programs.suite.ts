import { Unavailable, install } from "../../../tools/workflows/programs";

/** What an installation that ends with this text and status is for the check. */
const failed = (text: string) => () => {
  install("sh", ["-c", `echo '${text}' >&2; exit 1`], ".");
};

test("a linter is not to be had without its toolchain, or when nobody answers at the registry", () => {
  expect(() => {
    install("no-such-toolchain", [], ".");
  }).toThrow(Unavailable);
  // What pip and Go say of it.
  for (const text of [
    "NewConnectionError: Failed to establish a new connection: [Errno 111]",
    "dial tcp: lookup proxy.example.com: no such host",
  ])
    expect(failed(text)).toThrow(Unavailable);
});

test("what came and is not what was pinned fails the check", () => {
  for (const text of [
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES",
    "verifying github.com/rhysd/actionlint@v1.7.12: checksum mismatch",
  ]) {
    expect(failed(text)).toThrow(text);
    expect(failed(text)).not.toThrow(Unavailable);
  }
});
