import { App } from "cdktf";

/**
 * An app that writes into a folder, without what CDKTF validates: that each resource has a provider, and in the fork that the
 * programs of the lane know what is used. Both are of the code alone, and the tests let CDKTF validate them.
 *
 * @default outdir `CDKTF_OUTDIR`, which the CLI sets, else "cdktf.out"
 */
export const appInto = (outdir: string | undefined): App =>
  new App({ outdir, skipValidation: true });
