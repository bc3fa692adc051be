import { type NetworkOutputs } from "../../contracts/network";

/**
 * Where the nodes of a Redis stand. The control plane keeps the first two zones for ever, so these never leave the network.
 * With replicas there are no other subnets: AWS chooses the place of one that comes later.
 */
export function redisPlaces(
  region: string,
  { privateSubnetIds }: NetworkOutputs,
  replicas: number,
): { readonly zones: string[]; readonly subnetIds: string[] } {
  const letters = Object.keys(privateSubnetIds);
  const staying = letters.slice(0, 2);
  return {
    zones: staying.map((letter) => `${region}${letter}`),
    subnetIds: (replicas > 0 ? staying : letters).map(
      (letter) => privateSubnetIds[letter] ?? "",
    ),
  };
}
