// Requests that no client should send: valid ones, spoilt in one of the ways in which requests come spoilt.

interface Sent {
  method: "POST" | "GET" | "DELETE";
  url: string;
  headers: Record<string, string>;
  /** Text, so that it can be no JSON at all. */
  payload?: string;
  /** How it was spoilt, for the message of a failure. */
  how: string;
}

export interface ValidRequest {
  method: "POST";
  url: string;
  body: Record<string, unknown>;
  cookie: string;
  /** A field that may be left out. */
  optional?: string;
  /** Words that are wrong for their field though their type is right, by path. */
  wrong: Readonly<Record<string, readonly unknown[]>>;
}

type Random = () => number;

const pick = <Value>(random: Random, values: readonly Value[]): Value =>
  values[Math.floor(random() * values.length)] as Value;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Paths of everything in a body: `buyer`, `buyer.email`, `seats`, `seats.0`. */
function pathsOf(value: unknown, before: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...before, key], ...pathsOf(inner, [...before, key])]);
}

function change(
  body: unknown,
  path: readonly string[],
  to: (parent: Record<string, unknown>, key: string) => void,
): unknown {
  const copy = structuredClone(body);
  let parent = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  to(parent, path.at(-1) ?? "");
  return copy;
}

const at = (body: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], body);

/** A value of any type but the right one. */
function otherType(random: Random, value: unknown): unknown {
  const values: unknown[] = [null, true, {}, { length: 1 }, 12.5, -1, 1e300, [[]], "", [null], { $ne: null }];
  const allowed = values.filter((other) => {
    if (Array.isArray(value)) return !Array.isArray(other) || other.length > 0;
    if (isObject(value)) return true;
    return typeof other !== typeof value || other === "" || (typeof value === "number" && other !== 1);
  });
  return pick(random, allowed);
}

const secondHandJson = [
  "",
  "null",
  "[]",
  '"text"',
  "12",
  "{",
  '{"seats":',
  "{'seats':['C-7']}",
  "\u0000",
  "seats=C-7",
  "<a/>",
];
const badTypes = [
  "text/plain",
  "application/xml",
  "multipart/form-data",
  "application/x-www-form-urlencoded",
  "application/json; charset=utf-16le x",
  "application/jsonp",
  "*/*",
  "",
];
const badIds = [
  "%00",
  "%zz",
  "..%2f..%2fetc%2fpasswd",
  "x".repeat(500),
  "%F0%9F%8E%9F",
  "'%20or%201=1--",
  "undefined",
  "-1",
  "__proto__",
];

/** One spoilt request. */
export function spoil(random: Random, valid: ValidRequest): { how: string; request: Omit<Sent, "how"> } {
  const { method, url, body, cookie } = valid;
  const headers = { "content-type": "application/json", cookie };
  const json = JSON.stringify(body);
  const whole = { method, url, headers, payload: json };
  const send = (how: string, other: unknown): Sent => ({ ...whole, payload: JSON.stringify(other), how });
  const path = pick(random, pathsOf(body));
  const name = path.join(".");
  const ways: readonly (() => Sent)[] = [
    () =>
      send(
        `another type for ${name}`,
        change(body, path, (parent, key) => (parent[key] = otherType(random, parent[key]))),
      ),
    () => {
      const top = pick(
        random,
        Object.keys(body).filter((key) => key !== valid.optional),
      );
      return send(`without ${top}`, Object.fromEntries(Object.entries(body).filter(([key]) => key !== top)));
    },
    () =>
      send("an unknown field", {
        ...body,
        [pick(random, ["price", "totalMinor", "quantity", "admin", "toString"])]: 1,
      }),
    () => {
      const objects = pathsOf(body).filter((candidate) => isObject(at(body, candidate)));
      if (objects.length === 0) return send("an unknown field", { ...body, feeMinor: 0 });
      const inside = pick(random, objects);
      return send(
        `an unknown field in ${inside.join(".")}`,
        change(body, inside, (parent, key) => ((parent[key] as Record<string, unknown>)["extra"] = 1)),
      );
    },
    () => {
      const [where, values] = pick(random, Object.entries(valid.wrong));
      const to = pick(random, values);
      return send(
        `${where} = ${JSON.stringify(to)?.slice(0, 40)}`,
        change(body, where.split("."), (parent, key) => (parent[key] = to)),
      );
    },
    () => ({ ...whole, payload: pick(random, secondHandJson), how: "no JSON object" }),
    () => ({ ...whole, payload: json.slice(0, Math.floor(random() * (json.length - 1))), how: "cut off" }),
    () => ({ ...whole, payload: json.replace("{", '{"__proto__":{"admin":true},'), how: "a prototype" }),
    () => ({ ...whole, payload: "[".repeat(50_000), how: "very deep" }),
    () => ({ ...whole, payload: json.replace("{", `{"filler":"${"x".repeat(300_000)}",`), how: "very long" }),
    () => ({ ...whole, headers: { ...headers, "content-type": pick(random, badTypes) }, how: "another content type" }),
    () => ({
      ...whole,
      headers: { ...headers, "sec-fetch-site": pick(random, ["cross-site", "same-site", "x"]) },
      how: "from another site",
    }),
    () => ({ ...whole, headers: { ...headers, origin: "https://elsewhere.example" }, how: "from another origin" }),
    () => ({ ...whole, url: `${url}/${pick(random, badIds)}`, how: "no such address" }),
    () => ({ ...whole, url: `/api/v1/showings/${pick(random, badIds)}/holds`, how: "no such showing" }),
    () => ({
      method: "DELETE",
      url: `/api/v1/holds/${pick(random, badIds)}`,
      headers: { cookie, origin: "null" },
      how: "giving back nothing",
    }),
    () => ({
      method: "GET",
      url: `/api/v1/orders/${pick(random, badIds)}?key=${pick(random, badIds)}`,
      headers: { cookie },
      how: "no such order",
    }),
  ];
  const { how, ...request } = pick(random, ways)();
  return { how, request };
}
