import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

/** A metric as CloudWatch knows it. */
export interface Metric {
  /** Such as `AWS/RDS`. */
  readonly namespace: string;
  readonly metricName: string;
  /** Which of the metrics of that name. None: that of the account. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** What is made of the values of a period. */
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
  /** Seconds: 60 or a multiple of it. */
  readonly periodSeconds: number;
}

/** What is watched, and from when on somebody should look. */
export interface AlarmDefinition extends Metric {
  /** What it means, in a sentence: it stands in the mail. */
  readonly description: string;
  /** How a value that is wrong compares with the threshold. */
  readonly wrong: "above" | "below";
  readonly threshold: number;
  /** Periods in a row that have to be wrong. */
  readonly periods: number;
  /**
   * What a period without a value counts as. `right`: a service that has nothing to report sends nothing. `wrong`: what sends no
   * value does not run. `as before`: values are rare, and the last one counts.
   */
  readonly withoutValues: "right" | "wrong" | "as before";
}

/** Properties of `Alarm`. */
export interface AlarmProps extends AlarmDefinition {
  /** Name, unique in account and region. */
  readonly name: string;
  /** Topic that is told of the alarm and of its end. */
  readonly topicArn: string;
}

const MISSING_DATA = {
  right: "notBreaching",
  wrong: "breaching",
  "as before": "ignore",
};

const COMPARISON = {
  above: "GreaterThanThreshold",
  below: "LessThanThreshold",
};

/** Alarm of one metric. $0.10 a month. */
export class Alarm extends Construct {
  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    const { name, topicArn, description, periods, withoutValues } = props;
    new CloudwatchMetricAlarm(this, "Default", {
      alarmName: name,
      alarmDescription: description,
      namespace: props.namespace,
      metricName: props.metricName,
      dimensions:
        Object.keys(props.dimensions).length === 0
          ? undefined
          : { ...props.dimensions },
      statistic: props.statistic,
      period: props.periodSeconds,
      evaluationPeriods: periods,
      comparisonOperator: COMPARISON[props.wrong],
      threshold: props.threshold,
      treatMissingData: MISSING_DATA[withoutValues],
      alarmActions: [topicArn],
      okActions: [topicArn],
      tags: { Name: name },
    });
  }
}
