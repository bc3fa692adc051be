import { type Rule, eachOnce } from "../../settings/rule";
import { type CoreSettings } from "../settings/schema";

const exceptionsOnce: Rule<CoreSettings> = ({ network: { proxy } }) =>
  eachOnce("network.proxy.noProxy", proxy?.noProxy ?? []);

export const proxyRules = [exceptionsOnce];
