import { spawnSync } from "node:child_process";

/** What the file of nginx says of a user: the hash of bcrypt, by name. A line of another form is told. */
export function htpasswdLines(text: string): {
  readonly hashes: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
} {
  const hashes = new Map<string, string>();
  const problems: string[] = [];
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const [, name, hash] =
      /^([a-z0-9-]{1,32}):(\$2[aby]\$\d\d\$[./A-Za-z0-9]{53})$/.exec(line) ??
      [];
    if (name === undefined || hash === undefined)
      problems.push(`not a line of htpasswd: ${line.split(":")[0] ?? ""}`);
    else if (hashes.has(name)) problems.push(`${name} has two lines`);
    else hashes.set(name, hash);
  }
  return { hashes, problems };
}

/** Perl's `crypt` is the C library's, which nginx asks too. Password and hash come by standard input. */
const CRYPT = "chomp(my ($p, $h) = <STDIN>); print crypt($p, $h) eq $h ? 1 : 0";

/** Whether the C library takes a password for the one of a hash; undefined where there is no Perl, or no bcrypt in the library. */
export function accepts(password: string, hash: string): boolean | undefined {
  // Where the library knows no bcrypt its answer is empty or begins with a star.
  const known = crypt("lab", KNOWN);
  return known === "1" ? crypt(password, hash) === "1" : undefined;
}

/** Of the password `lab`. */
const KNOWN = "$2a$05$abcdefghijklmnopqrstuup1vlAAUDMpgzvqmIu/m0vJZ3muqfVsK";

const crypt = (password: string, hash: string): string =>
  spawnSync("perl", ["-e", CRYPT], {
    input: `${password}\n${hash}\n`,
    encoding: "utf8",
  }).stdout;
