import { type Aws, accessKey } from "./aws/client";
import { type Providers } from "./stand-ins/provider-mirror";
import { type Line, settingsEnv } from "./settings";

/** Variables of the caller that must not reach the lab: they would point it elsewhere. */
const foreign = /^(AWS|TF|KUBE|CDKTF|SETTINGS|ENVIRONMENT)(_|$)/;

/** Environment of every command of a run. */
export function labEnv(
  aws: Aws,
  line: Line,
  providers: Providers,
): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !foreign.test(name),
  );
  return {
    ...Object.fromEntries(own),
    ...settingsEnv(line),
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: aws.region,
    AWS_DEFAULT_REGION: aws.region,
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: "lab",
    AWS_EC2_METADATA_DISABLED: "true",
    // Or a stand-in lands in the user's plugin cache.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CHECKPOINT_DISABLE: "1",
    DISABLE_VERSION_CHECK: "1",
    CI: "1",
    // A third of what Terraform and its provider do at each start is the collection of garbage.
    GOGC: "400",
    TF_INPUT: "0",
    ...providers.env,
  };
}
