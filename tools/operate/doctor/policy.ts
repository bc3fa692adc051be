import { partitionOf } from "../../../modules/lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../../../modules/lib/policy";
import { type Settings } from "../../../modules/schema";

/** What `doctor` reads beside what a deploy does: without it those questions are not asked. */
export const doctorPolicy = ({ region }: Settings): PolicyDocument =>
  readPolicy("doctor/doctor.json", partitionOf(region), {});
