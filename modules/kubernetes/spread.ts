/** Spreads the pods of an application over zones and nodes: a preference, for with two nodes left three pods are better than two. */
export const spreadOut = (app: string) =>
  ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map(
    (topologyKey) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: [{ matchLabels: { app } }],
    }),
  );
