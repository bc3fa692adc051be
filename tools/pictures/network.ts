import {
  type GroupFacts,
  type NetworkPictureFacts,
  type StoreFacts,
  type ZoneFacts,
} from "./network-facts";
import { COLOURS, type Piece, arrow, box, picture, text } from "./svg";

const WIDTH = 960;
const EDGE = 16;
/** Of the frame of the VPC. */
const VPC = { x: EDGE, y: 92, width: WIDTH - 2 * EDGE };
const INNER = VPC.x + 20;
const INNER_WIDTH = VPC.width - 40;
const GAP = 14;
const PUBLIC_Y = VPC.y + 62;
const PUBLIC_HEIGHT = 96;
const PRIVATE_Y = PUBLIC_Y + PUBLIC_HEIGHT + 34;
const BAR = 46;
const CLIENTS = 280;

/** The network of an environment from above: who stands where, and which paths the security groups leave open. */
export function networkPicture(facts: NetworkPictureFacts): string {
  const together = facts.groups.filter(({ apart }) => !apart);
  const apart = facts.groups.filter(({ apart: isApart }) => isApart);
  const topY = PRIVATE_Y + 32;
  const storesY = topY + together.length * (BAR + 8) + 34;
  const apartY = storesY + 62 + 42;
  const privateEnd =
    (apart.length > 0 ? apartY + apart.length * (BAR + 8) : storesY + 62) + 14;
  const height = privateEnd + 20 + EDGE;
  const places = placesOf(facts.stores);
  return picture(
    WIDTH,
    height,
    `Network of an environment in ${facts.region}: zones, subnets, node groups, stores, and the paths between them`,
    [
      ...outside(facts),
      box(VPC.x, VPC.y, VPC.width, privateEnd + 16 - VPC.y, {
        fill: COLOURS.pale,
        line: COLOURS.quiet,
      }),
      text(VPC.x + 16, VPC.y + 24, `VPC ${facts.cidr}, ${facts.region}`, {
        bold: true,
        size: 15,
      }),
      ...facts.zones.flatMap((zone, index) =>
        zonePieces(zone, index, facts.zones.length, privateEnd),
      ),
      ...balancerPieces(facts, topY),
      ...together.flatMap((group, index) =>
        groupPieces(
          group,
          topY + index * (BAR + 8),
          "security group of the cluster",
        ),
      ),
      ...facts.stores.flatMap((store, index) =>
        storePieces(store, places[index] ?? 0, storesY),
      ),
      ...facts.stores.flatMap((store, index) => {
        const x = (places[index] ?? 0) + STORE / 2;
        const bottom = topY + together.length * (BAR + 8) - 8;
        return [
          ...(store.fromCluster && together.length > 0
            ? [
                arrow([
                  [x, bottom],
                  [x, storesY - 2],
                ]),
                port(x, storesY - 12, store),
              ]
            : []),
          ...(store.fromApart && apart.length > 0
            ? [
                arrow([
                  [x, apartY],
                  [x, storesY + 64],
                ]),
                port(x, apartY - 14, store),
              ]
            : []),
        ];
      }),
      ...apart.flatMap((group, index) =>
        groupPieces(
          group,
          apartY + index * (BAR + 8),
          `security group of its own; of the stores ${admitting(facts.stores)} admits it`,
        ),
      ),
    ],
  );
}

const admitting = (stores: readonly StoreFacts[]): string =>
  stores
    .filter(({ fromApart }) => fromApart)
    .map(({ name }) => name)
    .join(", ") || "none";

const zonePlace = (index: number, zones: number) => {
  const width = (INNER_WIDTH - GAP * (zones - 1)) / zones;
  return { x: INNER + index * (width + GAP), width };
};

function zonePieces(
  { zone, ...subnets }: ZoneFacts,
  index: number,
  zones: number,
  end: number,
): Piece[] {
  const { x, width } = zonePlace(index, zones);
  return [
    text(x + width / 2, PUBLIC_Y - 10, zone, {
      anchor: "middle",
      colour: COLOURS.quiet,
      size: 12,
    }),
    box(x, PUBLIC_Y, width, PUBLIC_HEIGHT, {
      fill: COLOURS.green,
      line: COLOURS.greenLine,
    }),
    text(x + 10, PUBLIC_Y + 18, `public ${subnets.public?.cidr ?? ""}`, {
      size: 11,
    }),
    ...(subnets.public?.nat === true
      ? [
          box(x + 10, PUBLIC_Y + 64, 102, 24, {
            line: COLOURS.greenLine,
          }),
          text(x + 61, PUBLIC_Y + 80, "NAT gateway", {
            size: 12,
            anchor: "middle",
          }),
        ]
      : []),
    box(x, PRIVATE_Y, width, end - PRIVATE_Y, {
      fill: COLOURS.blue,
      line: COLOURS.blueLine,
    }),
    text(x + 10, PRIVATE_Y + 18, `private ${subnets.private?.cidr ?? ""}`, {
      size: 11,
    }),
  ];
}

/** What stands in front of the VPC. */
function outside({
  balancer,
  apiFrom,
  cluster,
  endpoints,
}: NetworkPictureFacts): Piece[] {
  const api =
    apiFrom.length > 0
      ? `API from ${apiFrom.join(", ")}`
      : "API inside the VPC only";
  return [
    ...(balancer === undefined
      ? []
      : [
          box(INNER, EDGE + 4, CLIENTS, 44),
          text(
            INNER + CLIENTS / 2,
            EDGE + 22,
            "Nextflow, Seqera Platform, users",
            {
              anchor: "middle",
            },
          ),
          text(INNER + CLIENTS / 2, EDGE + 39, `from ${balancer.from}`, {
            anchor: "middle",
            size: 11,
            colour: COLOURS.quiet,
          }),
        ]),
    box(WIDTH / 2 - 125, EDGE + 4, 250, 44, {
      fill: COLOURS.amber,
      line: COLOURS.amberLine,
    }),
    text(WIDTH / 2, EDGE + 22, `${cluster}: control plane of AWS`, {
      anchor: "middle",
    }),
    text(WIDTH / 2, EDGE + 39, api, {
      anchor: "middle",
      size: 11,
      colour: COLOURS.quiet,
    }),
    box(WIDTH - INNER - 250, EDGE + 4, 250, 44),
    text(WIDTH - INNER - 125, EDGE + 22, "registries, AWS services, the web", {
      anchor: "middle",
    }),
    text(
      WIDTH - INNER - 125,
      EDGE + 39,
      `through NAT${endpoints.length > 0 ? `; ${endpoints.join(", ")} by an endpoint` : ""}`,
      {
        anchor: "middle",
        size: 11,
        colour: COLOURS.quiet,
      },
    ),
  ];
}

/** The load balancer over its subnets, and its way to the pods. */
function balancerPieces(
  { balancer }: NetworkPictureFacts,
  topY: number,
): Piece[] {
  if (balancer === undefined) return [];
  const x = INNER + CLIENTS - 18;
  return [
    box(INNER + 8, PUBLIC_Y + 28, INNER_WIDTH - 16, 28, {
      line: COLOURS.greenLine,
    }),
    text(INNER + 24, PUBLIC_Y + 46, `ALB ${balancer.name}`, {
      bold: true,
      size: 12,
    }),
    arrow([
      [x, EDGE + 48],
      [x, PUBLIC_Y + 26],
    ]),
    text(x + 8, VPC.y - 16, "HTTPS 443, 80 redirects", {
      size: 11,
      colour: COLOURS.quiet,
    }),
    arrow([
      [x, PUBLIC_Y + 56],
      [x, topY - 2],
    ]),
    text(x + 8, PRIVATE_Y - 12, `pods, port ${balancer.port}`, {
      size: 11,
      colour: COLOURS.quiet,
    }),
  ];
}

const groupPieces = (
  { name, nodes }: GroupFacts,
  y: number,
  note: string,
): Piece[] => [
  box(INNER + 8, y, INNER_WIDTH - 16, BAR, {
    fill: COLOURS.amber,
    line: COLOURS.amberLine,
  }),
  text(INNER + 24, y + 19, `nodes ${name}: ${nodes}`, { bold: true }),
  text(INNER + 24, y + 36, note, { size: 11, colour: COLOURS.quiet }),
];

const STORE = 200;

/** Left edges of the stores, spread over the zones. */
const placesOf = (stores: readonly StoreFacts[]): number[] =>
  stores.map(
    (_, index) =>
      INNER + ((index + 0.5) * INNER_WIDTH) / stores.length - STORE / 2,
  );

const storePieces = (
  { name, size }: StoreFacts,
  x: number,
  y: number,
): Piece[] => [
  box(x, y, STORE, 62),
  text(x + STORE / 2, y + 26, name, { bold: true, anchor: "middle" }),
  text(x + STORE / 2, y + 45, size, {
    size: 11,
    colour: COLOURS.quiet,
    anchor: "middle",
  }),
];

const port = (x: number, y: number, { port: number }: StoreFacts): Piece =>
  text(x + 8, y, `${number}`, { size: 11, colour: COLOURS.quiet });
