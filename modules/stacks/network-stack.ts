import { type Construct } from "constructs";
import { type Settings } from "../settings/schema";
import { BaseStack } from "./base-stack";

export class NetworkStack extends BaseStack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, "network", settings);
  }
}
