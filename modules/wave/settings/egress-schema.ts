import { z } from "zod";
import { cidr } from "../../settings/formats";

/** Section `wave.egress`: what Wave and its builds reach besides the web on ports 80 and 443. */
export const egressSchema = z
  .strictObject({
    ports: z
      .array(z.int().min(1).max(65535))
      .default([])
      .describe(
        "More TCP ports of registries and package servers, for Wave and builds. Those in image names, registries, wave.build.cache, wave.publicRepository, wave.platform.apiUrl and wave.licenseServerUrl are open anyway.",
      ),
    cidrs: z
      .array(cidr)
      .default([])
      .describe(
        "Addresses inside the VPC that builds may reach on the same ports, such as 10.40.224.10/32 of a registry; /28 at the most. Their policy opens nothing else in the VPC; outside of it they reach everything on these ports. What answers there has to admit the output build_security_group_id of network.",
      ),
  })
  .prefault({});
