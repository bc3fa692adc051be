import { XMLBuilder, XMLParser } from "fast-xml-parser";

/** Object → elements, list → the element repeated, undefined → nothing. */
export type Xml =
  | string
  | number
  | boolean
  | undefined
  | readonly Xml[]
  | { readonly [element: string]: Xml };

/** An element that has others in it, by name; a repeated one is a list, an attribute's name begins with `@_`. */
export type XmlElement = Record<string, unknown>;

const attributes = { ignoreAttributes: false };
const builder = new XMLBuilder(attributes);
const parser = new XMLParser({
  ...attributes,
  htmlEntities: true,
  parseTagValue: false,
});

export const toXml = (value: Xml): string => builder.build(value);

/** Every element of a document that has others in it, from the outside to the inside. */
export const xmlElements = (xml: string): XmlElement[] =>
  elementsIn(parser.parse(xml));

/** All texts of an element, wherever it stands. */
export const xmlTexts = (xml: string, name: string): string[] =>
  xmlElements(xml)
    .flatMap((element) => childrenOf(element[name]))
    .filter((value) => typeof value === "string");

/** A document in which every element that has others in it was changed in place. */
export function editXml(
  xml: string,
  edit: (element: XmlElement) => void,
): string {
  const document: unknown = parser.parse(xml);
  elementsIn(document).forEach(edit);
  return builder.build(document);
}

/** A child as a list, however often it stands there. */
export const childrenOf = (child: unknown): unknown[] =>
  child === undefined ? [] : [child].flat();

function elementsIn(value: unknown): XmlElement[] {
  if (Array.isArray(value)) return value.flatMap(elementsIn);
  if (typeof value !== "object" || value === null) return [];
  const element = value as XmlElement;
  return [element, ...Object.values(element).flatMap(elementsIn)];
}
