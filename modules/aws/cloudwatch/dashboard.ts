import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { type AlarmDefinition } from "./alarm";

/** Properties of `Dashboard`. */
export interface DashboardProps {
  /** Name, unique in the account: at most 255 letters, digits, - and _. */
  readonly name: string;
  readonly region: string;
  /** What is drawn, one graph each with the line that its alarm has, by title. */
  readonly graphs: Readonly<Record<string, AlarmDefinition>>;
}

/** Units of CloudWatch's grid, which is 24 wide. */
const WIDTH = 8;
const HEIGHT = 6;
const PER_ROW = 3;

/** What is watched, on one page. $3 a month; the first three of an account are free. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { name, region, graphs } = props;
    new CloudwatchDashboard(this, "Default", {
      dashboardName: name,
      dashboardBody: JSON.stringify({
        widgets: Object.entries(graphs).map(([title, definition], index) => ({
          type: "metric",
          x: WIDTH * (index % PER_ROW),
          y: HEIGHT * Math.floor(index / PER_ROW),
          width: WIDTH,
          height: HEIGHT,
          properties: graph(region, title, definition),
        })),
      }),
    });
  }
}

/** "Dashboard body structure and syntax" of the CloudWatch API reference. */
const graph = (
  region: string,
  title: string,
  definition: AlarmDefinition,
): Record<string, unknown> => ({
  title,
  region,
  view: "timeSeries",
  metrics: [
    [
      definition.namespace,
      definition.metricName,
      ...Object.entries(definition.dimensions).flat(),
    ],
  ],
  stat: definition.statistic,
  period: definition.periodSeconds,
  annotations: {
    horizontal: [{ label: "Alarm", value: definition.threshold }],
  },
});
