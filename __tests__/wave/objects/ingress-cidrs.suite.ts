import { currentObjects, waveObjects } from "../../support/wave";

test.each([
  ["classic", waveObjects],
  ["current", currentObjects],
])(
  "%s: one range closes the load balancer to the others as two do",
  (_line, objectsOf) => {
    const { ingress } = objectsOf({
      wave: { ingress: { inboundCidrs: ["203.0.113.0/24"] } },
    });
    expect(ingress.metadata.annotations).toMatchObject({
      "alb.ingress.kubernetes.io/inbound-cidrs": "203.0.113.0/24",
    });
  },
);
