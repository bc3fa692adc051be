/** What nodes are told beside what EKS tells them. */
export interface UserDataProps {
  /**
   * EKS image family: decides the language.
   * @default "AL2023_x86_64_STANDARD"
   */
  readonly amiType?: string;
  /**
   * Kernel setting `user.max_user_namespaces`, which rootless BuildKit needs. Bottlerocket only.
   * @default the image's own: 0 with Bottlerocket
   */
  readonly maxUserNamespaces?: number;
  /**
   * Proxy by which the node pulls images and reaches AWS.
   * @default none
   */
  readonly proxy?: NodeProxy;
}

/** A proxy, and what is reached without it. */
export interface NodeProxy {
  /** `http://proxy.example.com:3128`. */
  readonly url: string;
  /** Hosts, domains that begin with a dot, and ranges. */
  readonly noProxy: readonly string[];
}

/** User data of a launch template, in base64; EKS merges it into its own. Undefined where there is nothing to tell. */
export function userDataOf(props: UserDataProps): string | undefined {
  const text = isBottlerocket(props.amiType) ? tomlOf(props) : mimeOf(props);
  return text === "" ? undefined : Buffer.from(text).toString("base64");
}

export const isBottlerocket = (amiType = ""): boolean =>
  amiType.startsWith("BOTTLEROCKET");

/** Bottlerocket reads TOML ("Settings" of its documentation). */
function tomlOf({ maxUserNamespaces, proxy }: UserDataProps): string {
  const kernel =
    maxUserNamespaces === undefined
      ? ""
      : `[settings.kernel.sysctl]\n"user.max_user_namespaces" = "${maxUserNamespaces}"\n`;
  const network =
    proxy === undefined
      ? ""
      : `[settings.network]\nhttps-proxy = "${proxy.url}"\nno-proxy = ${JSON.stringify(proxy.noProxy)}\n`;
  return kernel + network;
}

/** What pulls images, and what joins the cluster: its second step runs after the scripts of user data. */
const UNITS = ["containerd", "kubelet", "nodeadm-run"];

/**
 * Amazon Linux runs shell scripts of a MIME archive, before containerd and kubelet start. The first step of nodeadm runs even
 * before them, and asks EC2 without the proxy (`nodeadm-config.service` of awslabs/amazon-eks-ami).
 */
function mimeOf({ proxy }: UserDataProps): string {
  if (proxy === undefined) return "";
  const variables = [
    `HTTP_PROXY=${proxy.url}`,
    `HTTPS_PROXY=${proxy.url}`,
    `NO_PROXY=${proxy.noProxy.join(",")}`,
  ];
  return [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="//"',
    "",
    "--//",
    'Content-Type: text/x-shellscript; charset="us-ascii"',
    "",
    "#!/bin/bash",
    "set -eu",
    `for unit in ${UNITS.join(" ")}; do`,
    '  mkdir -p "/etc/systemd/system/$unit.service.d"',
    `  cat > "/etc/systemd/system/$unit.service.d/http-proxy.conf" <<'END'`,
    "[Service]",
    ...variables.map((one) => `Environment="${one}"`),
    "END",
    "done",
    "systemctl daemon-reload",
    "",
    "--//--",
    "",
  ].join("\n");
}
