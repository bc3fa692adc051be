/** Login to one registry: user and password are Terraform expressions without `${…}`. */
export interface DockerLogin {
  /** As image names have it, with its port. */
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

/** Docker Hub is known by this address in logins, whatever image names say. */
const DOCKER_HUB = "https://index.docker.io/v1/";

/** Value of `.dockerconfigjson` for a Secret of type `kubernetes.io/dockerconfigjson`, as a Terraform expression. */
export function dockerConfigJson(logins: readonly DockerLogin[]): string {
  const auths = logins.map(({ host, username, password }) => {
    const key = host === "docker.io" ? DOCKER_HUB : host;
    return `"${key}" = {username = ${username}, password = ${password}, auth = base64encode("\${${username}}:\${${password}}")}`;
  });
  return `\${jsonencode({auths = {${auths.join(", ")}}})}`;
}
