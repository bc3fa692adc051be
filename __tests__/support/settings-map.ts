import { EXAMPLES } from "../../tools/audit/synthesized";
import { type MapInputs } from "../../tools/settings-map/map";
import { companyVpcInput, existingInput } from "./existing";
import { WITHOUT_INTERNET_CURRENT as PRIVATE } from "./private-network";
import {
  currentInput,
  exampleInput,
  inputOf,
  liteInput,
  merge,
} from "./settings";

/** In which keys may be flipped that the examples keep as they are. */
const open = currentInput({
  cluster: { endpoint: { privateCidrs: ["10.0.0.0/8"] } },
  data: { redis: { auth: false } },
  observability: { addOn: "none" },
  wave: {
    metrics: true,
    ingress: { inboundCidrs: ["203.0.113.0/24"] },
    current: { jumpRoleArn: "arn:aws:iam::123456789012:role/jump" },
    build: { cache: "s3://layers/wave" },
  },
});

/** The examples and Wave Lite, and what takes more than one key. */
export const mapInputs = (): MapInputs => ({
  documents: [...EXAMPLES.map((file) => inputOf(file, {})), liteInput(), open],
  switches: [
    ["wave.version", exampleInput(), currentInput()],
    ["wave.mode", currentInput({ wave: { mail: undefined } }), liteInput()],
    ["network.kind", currentInput(), companyVpcInput()],
    [
      "cluster.kind",
      companyVpcInput({ observability: { addOn: "none" } }),
      existingInput(),
    ],
    [
      "network.internet",
      merge(currentInput(PRIVATE), { network: { internet: true } }),
      currentInput(PRIVATE),
    ],
    [
      "cluster.endpoint.public",
      open,
      merge(open, {
        cluster: { endpoint: { public: false, publicCidrs: [] } },
      }),
    ],
    [
      "wave.mail.domain",
      currentInput(),
      currentInput({
        wave: { mail: { domain: "m.example.com", sender: "w@m.example.com" } },
      }),
    ],
  ],
});
