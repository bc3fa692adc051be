import { OidcProvider } from "../../../modules/aws/iam/oidc-provider";
import { onlyResource, synthOne } from "../../support/synth";

const issuer = "https://oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";

const providerWith = (retain?: boolean) =>
  onlyResource(
    synthOne((stack) => {
      new OidcProvider(stack, "oidc", {
        name: "wave-prod-oidc",
        issuer,
        retain,
      });
    }),
    "aws_iam_openid_connect_provider",
  );

test("INF-02: trusts the cluster's issuer for STS, without a thumbprint", () => {
  const provider = providerWith();
  expect(provider).toMatchObject({
    url: issuer,
    client_id_list: ["sts.amazonaws.com"],
    tags: { Name: "wave-prod-oidc" },
  });
  expect(provider).not.toHaveProperty("thumbprint_list");
});

test("refuses a destroy unless retain is off", () => {
  expect(providerWith().lifecycle).toEqual({ prevent_destroy: true });
  expect(providerWith(false).lifecycle).toEqual({ prevent_destroy: false });
});
