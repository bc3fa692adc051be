import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { Construct } from "constructs";

/** Properties of `PostgresParameters`. */
export interface PostgresParametersProps {
  /** Name of the instance: start of the group's name. */
  readonly name: string;
  /**
   * PostgreSQL version, such as `17` or `17.6`.
   * @default "17"
   */
  readonly engineVersion?: string;
}

/** All of them take effect without a restart. */
const PARAMETERS = [
  // Nobody connects in clear. It is the default from PostgreSQL 15 on, and of a parameter that has its default RDS says
  // `pending-reboot`: any other method would differ in every plan.
  { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" },
  { name: "log_statement", value: "ddl" },
  // Statements that take a second or longer, but not the values sent with them: those may be secret.
  { name: "log_min_duration_statement", value: "1000" },
  { name: "log_parameter_max_length", value: "0" },
];

/**
 * Parameters of the database: TLS only, and what goes to the log.
 *
 * A new major is a new group with a name of its own: the instance moves before the old group goes.
 */
export class PostgresParameters extends Construct {
  readonly groupName: string;

  constructor(
    scope: Construct,
    id: string,
    { name, engineVersion = "17" }: PostgresParametersProps,
  ) {
    super(scope, id);
    const family = `postgres${engineVersion.replace(/\..*$/, "")}`;
    const group = new DbParameterGroup(this, "Default", {
      name: `${name}-${family}`,
      family,
      description: `Parameters of ${name}`,
      parameter: PARAMETERS,
      tags: { Name: name },
      lifecycle: { createBeforeDestroy: true },
    });
    this.groupName = group.name;
  }
}
