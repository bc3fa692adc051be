// The direction of the product, from what everybody uses to what nobody does:
//   lib → settings → aws, kubernetes, contracts → core → platforms → schema → stacks → app → synthesize
// A folder imports from those before it in this list only.
const PLATFORMS = ["wave", "compute-env", "delivery", "emg"];

const LIB = "^modules/lib/";
const SETTINGS = "^modules/settings/";
const BUILDING_BLOCKS = "^modules/(aws|kubernetes|contracts)/";
const CORE = "^modules/core/";
const PLATFORM = `^modules/(${PLATFORMS.join("|")})/`;
/** The files of `modules/` that put the sections of all platforms together. */
const COMPOSITION =
  "^modules/((schema|facts|rules|load|siblings)\\.ts$|effects/)";
const STACKS = "^modules/stacks/";
const PRODUCT = "^(modules/|main\\.ts$)";

/** Files of `from` import of the product nothing but what one of `to` matches. */
const only = (name, comment, from, ...to) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: PRODUCT, pathNot: [from, ...to] },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment: "Two files that need each other are one file, or a third one.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-tool-in-the-product",
      comment: "What synthesizes needs neither auditor, lab nor operator.",
      severity: "error",
      from: { path: PRODUCT },
      to: { path: "^(tools|scripts|__tests__)/" },
    },
    {
      name: "tools-beside-the-auditor",
      comment: "They read the JSON as the auditor does, and ask it nothing.",
      severity: "error",
      from: { path: "^tools/(versions|settings-map)/" },
      to: {
        path: "^tools/",
        pathNot: [
          "^tools/(versions|settings-map)/",
          "^tools/audit/(graph|reading|synthesized)\\.ts$",
        ],
      },
    },
    only("lib", "Pure functions know nothing of the product.", LIB),
    only("settings", "Machinery: it is given the sections.", SETTINGS, LIB),
    only(
      "building-blocks",
      "Constructs take props, never the settings.",
      BUILDING_BLOCKS,
      LIB,
    ),
    only(
      "core",
      "What every platform stands on names no platform.",
      CORE,
      LIB,
      SETTINGS,
      BUILDING_BLOCKS,
    ),
    ...PLATFORMS.map((platform) =>
      only(
        platform,
        "A platform stands on the core and knows no other platform.",
        `^modules/${platform}/`,
        LIB,
        SETTINGS,
        BUILDING_BLOCKS,
        CORE,
      ),
    ),
    only(
      "composition",
      "Sections, rules and facts of all platforms are put together below the stacks.",
      COMPOSITION,
      LIB,
      SETTINGS,
      CORE,
      PLATFORM,
    ),
    only(
      "stacks",
      "A stack knows no other stack: they talk through contracts.",
      STACKS,
      LIB,
      BUILDING_BLOCKS,
      CORE,
      PLATFORM,
      COMPOSITION,
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    // An import of a type is a direction too.
    tsPreCompilationDeps: true,
  },
};
