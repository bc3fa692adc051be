import { readFileSync } from "node:fs";
import { projectFile } from "../../../../modules/lib/project-file";
import { findMoto } from "../../../../tools/lab/aws/moto";
import { fakePrograms } from "../programs";

describe("moto", () => {
  const program = fakePrograms();

  test("without Python the message says what is needed, and nothing is installed", async () => {
    const said: string[] = [];
    await expect(findMoto((text) => said.push(text), [])).rejects.toThrow(
      /needs Python 3 with venv and pip, or moto \d+\.\d+\.\d+/,
    );
    expect(said).toEqual([]);
  });

  test("of the pinned version is used where it is", async () => {
    const pinned = /^moto\[server\]==(\S+)$/m.exec(
      readFileSync(projectFile("tools/lab/aws/requirements.txt"), "utf8"),
    )?.[1];
    const pythons = [
      program("one", "echo 1.0.0"),
      program("two", `echo ${pinned ?? ""}`),
    ];
    expect((await findMoto(() => undefined, pythons)).python).toBe(pythons[1]);
  });
});
