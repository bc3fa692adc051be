import { type Operation, formOf, queryAnswer } from "../call";

/** Families and sizes that RDS for PostgreSQL has; enough to tell a class from none. */
const FAMILIES = /^db\.(t3|t4g|m5|m6g|m6i|m7g|m7i|m8g|r5|r6g|r6i|r7g|r8g)\./;
const SIZES = /\.(micro|small|medium|large|xlarge|([248]|12|16|24)xlarge)$/;
const VERSIONS = ["16.10", "17.6", "18.1"];

/** Which classes can be had: moto's list knows a few regions only. */
export function orderableOperations(region: string): Operation[] {
  return [
    {
      name: "DescribeOrderableDBInstanceOptions",
      answer: (call) => {
        const wanted = formOf(call).get("DBInstanceClass") ?? "db.t4g.medium";
        const exists = FAMILIES.test(wanted) && SIZES.test(wanted);
        return queryAnswer("DescribeOrderableDBInstanceOptions", {
          OrderableDBInstanceOptions: {
            OrderableDBInstanceOption: (exists ? VERSIONS : []).map(
              (EngineVersion) => ({
                Engine: "postgres",
                EngineVersion,
                DBInstanceClass: wanted,
                LicenseModel: "postgresql-license",
                StorageType: "gp3",
                AvailabilityZones: {
                  AvailabilityZone: ["a", "b"].map((zone) => ({
                    Name: `${region}${zone}`,
                  })),
                },
                MultiAZCapable: true,
                Vpc: true,
              }),
            ),
          },
        });
      },
    },
  ];
}
