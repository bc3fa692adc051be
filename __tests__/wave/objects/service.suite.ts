import { named, waveObjects } from "../../support/wave";

test("K8S-15: Service wave is ClusterIP, port 80 named http to 9090", () => {
  expect(named(waveObjects().services, "wave").spec).toEqual({
    type: "ClusterIP",
    selector: { app: "wave-app" },
    port: [{ name: "http", port: 80, targetPort: "9090", protocol: "TCP" }],
  });
});
