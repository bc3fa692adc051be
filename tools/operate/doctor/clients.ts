import { type AwsAccess, type ClientOptions } from "../aws/clients";

/** One client of each kind: each would ask for the credentials of a role by itself. */
export function remembered(aws: AwsAccess): Pick<AwsAccess, "client"> {
  const made = new Map<string, unknown>();
  return {
    client: <T>(type: new (options: ClientOptions) => T, region = ""): T => {
      const key = `${type.name} ${region}`;
      if (!made.has(key))
        made.set(key, aws.client(type, region === "" ? undefined : region));
      return made.get(key) as T;
    },
  };
}
