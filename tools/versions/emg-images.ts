import { type EmgSettings } from "../../modules/emg/settings/schema";
import { BOTH, type Entry } from "./image-entry";

/** Images of Prefect, of the logins before it, and of the EMG API, each where the settings have it. */
export function emgImages({ emg }: EmgSettings): Entry[] {
  const { images, auth, api } = emg;
  const entry = (
    key: keyof typeof images,
    product: string,
    startedBy: string,
  ): Entry => ({
    image: images[key],
    product,
    startedBy: `Terraform: ${startedBy}`,
    setting: `emg.images.${key}`,
    architectures: BOTH,
  });
  return [
    entry("prefect", "Prefect", "Deployment of Prefect"),
    ...(auth.mode === "oauth2-proxy"
      ? [
          entry("oauth2Proxy", "oauth2-proxy", "login of people"),
          entry("gateway", "nginx", "login of workers"),
        ]
      : []),
    entry("postgresClient", "PostgreSQL client", "Job of databases and users"),
    ...(api === undefined
      ? []
      : [
          {
            image: api.image,
            product: "EMG API",
            startedBy: "Terraform: Deployments and migration of the API",
            setting: "emg.api.image",
          },
        ]),
  ];
}
