import { growthProblems } from "../../core/rules/postgres";
import { type WaveSettings } from "../settings/schema";
import { isCurrent } from "../release/line";
import { type Rule, type Warning, when } from "../../settings/rule";

/** Oldest PostgreSQL that Wave supports. */
const OLDEST = 16;

/** Wave supports no older PostgreSQL. */
const postgresVersion: Rule<WaveSettings> = ({ data: { postgres } }) => {
  const major = Number(postgres.engineVersion.split(".")[0]);
  return when(major < OLDEST, () => ({
    path: "data.postgres.engineVersion",
    given: `"${postgres.engineVersion}"`,
    allowed: `${OLDEST} or later`,
    fix: 'choose "17": Wave needs PostgreSQL 16 or later',
  }));
};

/** RDS wants a tenth of room for growth, or none. */
const storageCanGrow: Rule<WaveSettings> = ({ data: { postgres } }) =>
  growthProblems("data.postgres", postgres);

/** Some small classes have no Performance Insights, and the documents do not list them all. */
const insightsOfSmallClass: Warning<WaveSettings> = (settings) => {
  const { instanceClass, performanceInsights } = settings.data.postgres;
  return isCurrent(settings) &&
    performanceInsights &&
    /^db\.t\d\w*\.(micro|small)$/.test(instanceClass)
    ? [
        `data.postgres.performanceInsights with ${instanceClass}: AWS does not offer it for every micro and small class. If RDS refuses, turn it off.`,
      ]
    : [];
};

export const postgresRules = [postgresVersion, storageCanGrow];
export const postgresWarnings = [insightsOfSmallClass];
