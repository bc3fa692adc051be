import { z } from "zod";
import { chartRepository } from "../../settings/formats";

/** Section of a chart that is not the core's. */
export const chartFields = (repository: string) =>
  z
    .strictObject({
      repository: chartRepository
        .default(repository)
        .describe("Chart repository: https://, http:// or oci://."),
    })
    .prefault({});
