import { type Construct } from "constructs";
import { type Settings } from "../settings/schema";
import { BaseStack } from "./base-stack";

export class WorkloadsStack extends BaseStack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, "workloads", settings);
  }
}
