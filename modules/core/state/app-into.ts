import { App } from "cdktf";

/**
 * An app that writes into a folder, and needs no Terraform for it. CDKTF would start Terraform once for each stack that has
 * a `moved` block or the back end of Terraform Cloud, only to ask for a version: `versions.tf` refuses a wrong one where it runs.
 * Its other validation, a provider for each resource, is of the code alone, and the tests make it.
 *
 * @default outdir `CDKTF_OUTDIR`, which the CLI sets, else "cdktf.out"
 */
export const appInto = (outdir: string | undefined): App =>
  new App({ outdir, skipValidation: true });
