import { type Lab } from "./lab";

/** How to look around in a lab that was kept. */
export function printAccess({ env, emulator, workloads }: Lab): void {
  console.log(
    `\nThe emulated AWS stays up at ${emulator.endpoint}. To look around:\n`,
  );
  for (const [name, value] of Object.entries(env))
    if (process.env[name] !== value)
      console.log(`export ${name}='${value ?? ""}'`);
  console.log("\nEnd it with: npm run lab -- --down");
  const kubeconfig = workloads && emulator.kubeconfigs?.[workloads.name];
  if (kubeconfig !== undefined)
    console.log(`Kubernetes: export KUBECONFIG='${kubeconfig}'`);
  if (workloads)
    console.log(
      "The stand-in of the load-balancer controller ends now: throw a cluster of LAB_KUBECONFIG away too.",
    );
}
