// Live seats as server-sent events. `seats`: the whole state, `{version, states}`, at the beginning; `change`: places that
// changed since the event before, `{version, places: {"<place>": "<letter>"}}`. An event's id is the version after it. Who says
// which version it has seen (`?seen=`, or Last-Event-ID) gets the whole state only if that is no longer the present one.

import type { ServerResponse } from "node:http";
import { Type } from "typebox";
import type { Catalogue, Showing } from "../../catalogue/model.ts";
import { networkOf } from "../../domain/networks.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { Sales } from "../../sales/sales.ts";
import type { Server } from "../server.ts";
import { IdParams, shape } from "./catalogue-schemas.ts";

export interface SeatStreamServices {
  catalogue: Pick<Catalogue, "showing">;
  sales: Pick<Sales, "seatStates" | "watchSeats">;
}

/** Changes are gathered for so long: an on-sale is hundreds of changes a second. */
const gatherMs = 100;
/** Proxies close silent connections after a minute. */
const heartbeatMs = 20_000;
/** A browser that lost the connection comes back after so long. */
const retryMs = 2_000;
/** Streams that one process keeps open. */
const mostStreams = 5_000;
/** Of these, from one network (/24 or /48). */
const mostStreamsOfNetwork = 500;
/** A client that does not read so many bytes is let go; it comes back and gets the whole state. */
const mostBacklogBytes = 1_048_576;

const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

const SeenQuery = shape({
  seen: Type.Optional(Type.Integer({ minimum: 0, description: "The version of the seats that is known already" })),
});

interface Room {
  clients: Set<ServerResponse>;
  changed: Map<number, string>;
  version: number;
  timer: NodeJS.Timeout | undefined;
  leave: () => void;
}

/** `GET /api/v1/showings/:id/seats/stream` */
export function seatStreamRoute(server: Server, { catalogue, sales }: SeatStreamServices): void {
  /** Watchers of one showing share one subscription and one text for each event. */
  const rooms = new Map<string, { room: Promise<Room>; users: number }>();
  const streams = new Map<ServerResponse, string>();
  const heartbeat = setInterval(() => {
    for (const stream of streams.keys()) stream.write(":\n\n");
  }, heartbeatMs);
  heartbeat.unref();
  server.addHook("preClose", async () => {
    clearInterval(heartbeat);
    for (const stream of streams.keys()) stream.end();
  });

  const enter = (showing: Showing): Promise<Room> => {
    const open = rooms.get(showing.id) ?? { room: openRoom(sales, showing), users: 0 };
    open.users += 1;
    rooms.set(showing.id, open);
    return open.room;
  };
  const leave = async (showing: Showing, stream: ServerResponse) => {
    streams.delete(stream);
    const open = rooms.get(showing.id);
    if (!open) return;
    open.users -= 1;
    if (open.users === 0) rooms.delete(showing.id);
    // A room that did not open has nobody to leave, and the next to come opens it anew.
    const room = await open.room.catch(() => undefined);
    room?.clients.delete(stream);
    if (open.users === 0) room?.leave();
  };
  const refuseTooMany = (network: string) => {
    const theirs = [...streams.values()].filter((other) => other === network).length;
    if (streams.size < mostStreams && theirs < mostStreamsOfNetwork) return;
    throw new Refusal("unavailable", "Too many people watch right now. The page still works.", {
      retryAfterMs: 10_000,
    });
  };
  server.get(
    "/api/v1/showings/:id/seats/stream",
    {
      schema: {
        tags: ["finding"],
        summary: "Live changes of seats (server-sent events)",
        params: IdParams,
        querystring: SeenQuery,
      },
    },
    async (request, reply) => {
      const showing = await catalogue.showing(request.params.id);
      if (!showing) throw new Refusal("not_found", "There is no such showing.");
      const network = networkOf(request.ip, 24, 48);
      refuseTooMany(network);
      const stream = reply.raw;
      const gone = () => void leave(showing, stream);
      const room = await enter(showing).catch((error: unknown) => {
        gone();
        throw error;
      });
      reply.hijack();
      if (stream.destroyed) return gone();
      stream.on("close", gone);
      streams.set(stream, network);
      stream.writeHead(200, streamHeaders);
      // Subscribed, then the state as it is, so that nothing falls between.
      room.clients.add(stream);
      try {
        const { version, states } = await sales.seatStates(showing);
        const known = (request.headers["last-event-id"] ?? String(request.query.seen)) === String(version);
        stream.write(`retry: ${retryMs}\n${known ? ":\n\n" : event("seats", version, { version, states })}`);
      } catch (error) {
        request.log.error({ err: error }, "a seat stream could not begin");
        stream.destroy();
      }
    },
  );
}

async function openRoom(sales: SeatStreamServices["sales"], showing: Showing): Promise<Room> {
  const room: Room = { clients: new Set(), changed: new Map(), version: 0, timer: undefined, leave: () => undefined };
  const unwatch = await sales.watchSeats(showing, ({ version, places, state }) => {
    for (const place of places) room.changed.set(place, state.charAt(0));
    room.version = version;
    room.timer ??= setTimeout(() => tell(room), gatherMs);
  });
  room.leave = () => {
    clearTimeout(room.timer);
    unwatch();
  };
  return room;
}

function tell(room: Room): void {
  room.timer = undefined;
  const text = event("change", room.version, { version: room.version, places: Object.fromEntries(room.changed) });
  room.changed.clear();
  for (const client of room.clients) {
    if (client.writableLength > mostBacklogBytes) client.destroy();
    else client.write(text);
  }
}

function event(name: string, version: number, data: object): string {
  return `event: ${name}\nid: ${version}\ndata: ${JSON.stringify(data)}\n\n`;
}
