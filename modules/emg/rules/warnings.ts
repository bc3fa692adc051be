import { mayMove, versionOf } from "../../core/rules/started-images";
import { within } from "../../lib/ip-range";
import { type Warning } from "../../settings/rule";
import { hostsOf, zoneIdOf } from "../names";
import { type EmgSettings } from "../settings/schema";
import { imagesOf } from "./prefect";

type EmgWarning = Warning<EmgSettings>;

const say = (applies: boolean, sentence: string): string[] =>
  applies ? [sentence] : [];

const movingTags: EmgWarning = (settings) =>
  imagesOf(settings)
    .filter(({ image }) => mayMove(image))
    .map(
      ({ path, image }) =>
        `${path} ${image} may be another image tomorrow: pods of one name then run different code, and databases are migrated for a new name only. Write one tag for each build, or add the digest.`,
    );

const versions: EmgWarning = ({ emg: { images, prefect } }) => {
  const server = versionOf(images.prefect).slice(0, 2).join(".");
  return [
    ...say(
      prefect.clientVersion !== undefined && prefect.clientVersion !== server,
      `emg.prefect.clientVersion is ${prefect.clientVersion ?? ""}, and emg.images.prefect is of ${server || "a version that its tag does not tell"}: Prefect's server, workers and flows belong together by major and minor.`,
    ),
    ...say(
      prefect.extraPipPackages.length > 0,
      "emg.prefect.extraPipPackages are downloaded at every start, with what they depend on in versions of that day: the server has failed to start of less. An image of your own (emg.images.prefect) has them.",
    ),
  ];
};

const reach: EmgWarning = ({
  cluster,
  emg: { api, auth, ingress },
  network,
}) => {
  const { inboundCidrs, prefectCidrs, scheme } = ingress;
  return [
    ...say(
      scheme === "internal" && auth.mode === "oauth2-proxy",
      "emg.ingress.scheme is internal: GitHub sends people back to emg.prefect.host, which their browsers have to reach, by a VPN for example.",
    ),
    ...say(
      auth.mode === "prefect-basic" &&
        scheme === "internet-facing" &&
        inboundCidrs.length + prefectCidrs.length === 0,
      "emg.auth.mode is prefect-basic, and the whole internet may try its one password: write emg.ingress.prefectCidrs.",
    ),
    ...prefectCidrs
      .filter(
        (range) => inboundCidrs.length > 0 && !within(inboundCidrs, range),
      )
      .map(
        (range) =>
          `emg.ingress.prefectCidrs has ${range}, which is in no range of emg.ingress.inboundCidrs: nobody else may connect.`,
      ),
    ...say(
      cluster.kind === "existing" && cluster.networkPolicies === "notEnforced",
      "cluster.networkPolicies is notEnforced: every pod of the cluster reaches Prefect and the API.",
    ),
    ...say(
      api !== undefined && !network.internet && network.proxy === undefined,
      "network.internet is false: services that the API calls, such as ENA and Webin, have to answer inside the VPC.",
    ),
  ];
};

const names: EmgWarning = (settings) => [
  ...say(
    settings.emg.certificateArn !== undefined,
    `emg.certificateArn: nobody looks whether that certificate holds ${hostsOf(settings).join(" and ")}.`,
  ),
  ...say(
    zoneIdOf(settings) === undefined,
    `No emg.hostedZoneId and no dns.hostedZoneId: no records are made. The outputs name the load balancer to point ${hostsOf(settings).join(" and ")} at.`,
  ),
];

export const emgWarnings = [movingTags, versions, reach, names];
