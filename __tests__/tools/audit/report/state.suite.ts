import { stateTable } from "../../../../tools/audit/report/state";
import { synthesize } from "../../../../tools/audit/synthesized";
import { exampleSettings } from "../../../support/settings";

const noSecrets = { id: "secrets", title: "", note: "", columns: [], rows: [] };
const placeIn = (backend: object) =>
  stateTable(
    synthesize(exampleSettings({ backend: backend as never })),
    noSecrets,
  ).rows.find(([stack]) => stack === "network")?.[1];

test("a state in Terraform Cloud is named by all that finds it", () => {
  const acme = { kind: "cloud", organization: "acme" };
  expect(placeIn(acme)).toBe(
    "Terraform Cloud: app.terraform.io, organization acme, workspace wave-prod-network",
  );
  expect(
    placeIn({ ...acme, hostname: "tfe.example.com", project: "wave" }),
  ).toBe(
    "Terraform Cloud: tfe.example.com, organization acme, project wave, workspace wave-prod-network",
  );
});
