import { connect } from "node:tls";

/** Where Redis is, and the password that is tried. */
export interface RedisLogin {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  /** In PEM. @default the authorities that Node.js knows */
  readonly ca?: string;
  /** @default 3000 */
  readonly timeoutMs?: number;
}

/** Whether Redis takes a password, by TLS; undefined where it is not reached, as from outside of the VPC. */
export const redisTakes = ({
  host,
  port,
  password,
  ca,
  timeoutMs = 3000,
}: RedisLogin): Promise<boolean | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, ca, servername: host });
    const end = (result: boolean | undefined): void => {
      resolve(result);
      socket.destroy();
    };
    socket.setTimeout(timeoutMs, () => {
      end(undefined);
    });
    socket.on("error", () => {
      end(undefined);
    });
    socket.on("secureConnect", () => {
      socket.write(
        `*2\r\n$4\r\nAUTH\r\n$${Buffer.byteLength(password)}\r\n${password}\r\n`,
      );
    });
    socket.on("data", (answer: Buffer) => {
      end(answer.toString().startsWith("+OK"));
    });
  });
