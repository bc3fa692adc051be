import { freePort } from "../../../../tools/lab/system/free-port";

test("ports: each is free, and two that are asked for at once differ", async () => {
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  expect(new Set(ports).size).toBe(3);
});
