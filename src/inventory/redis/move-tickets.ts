// Tickets that move to other places: see lua/moves.lua, which decides about the texts that are written here.

import { partitionOf } from "../../domain/ids.ts";
import { isSameMove, movedOrder } from "../orders.ts";
import type { InventoryOrder, LogBody, MoveRefusal, MoveRequest } from "../port.ts";
import { numbersOf } from "./holds.ts";
import type { Link, Reply } from "./link.ts";
import { orderOfReply } from "./orders.ts";
import { textAround, type RedisPayments } from "./payments.ts";

/** Moves of one order, at the same moment, make each other look again; so many of them never come together. */
const attempts = 8;

export async function moveTickets(
  link: Link,
  orders: Pick<RedisPayments, "orderById">,
  request: MoveRequest,
): Promise<InventoryOrder | MoveRefusal> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const order = await orders.orderById(request.orderId).catch(() => "unreachable" as const);
    if (order === "unreachable") return { refusal: "sales_paused" };
    if (!order) return { refusal: "not_found" };
    const partition = partitionOf(order.draft.showingId, link.settings.partitions);
    const answer = answerOf(await link.decide("move_tickets", partition, argumentsOf(order, request), true), request);
    if (answer !== "changed") return answer;
  }
  return { refusal: "sales_paused" };
}

function argumentsOf(order: InventoryOrder, { orderId, moveId, moves, now }: MoveRequest): string[] {
  const [from, to] = [moves.map((move) => move.from), moves.map((move) => move.to)];
  const seats = moves.map(({ seat, section }) => ({ seat, section }));
  const moved = movedOrder(order, { moveId, from, to, seats, left: [], generations: [], at: now });
  const head = JSON.stringify({ moveId, from, to, seats }).slice(0, -1);
  const entry = JSON.stringify({ kind: "moved", at: now, orderId } satisfies Omit<MovedBody, "move">).slice(0, -1);
  return [
    String(now),
    orderId,
    moveId,
    from.join(),
    to.join(),
    order.places.join(),
    `${head},"left":[`,
    `],"generations":[`,
    `],"at":${now}}`,
    ...textAround(moved),
    `${entry},"move":`,
  ];
}

type MovedBody = Extract<LogBody, { kind: "moved" }>;

function answerOf(reply: Reply, request: MoveRequest): InventoryOrder | MoveRefusal | "changed" {
  const [word, places = ""] = reply;
  switch (word) {
    case "changed":
      return word;
    case "order": {
      const order = orderOfReply(reply);
      const made = order.moves?.find((move) => move.moveId === request.moveId);
      return made && isSameMove(made, request) ? order : { refusal: "move_id_reused" };
    }
    case "closed":
      return { refusal: "sales_paused" };
    case "not_found":
    case "showing_cancelled":
      return { refusal: word };
    case "ticket_void":
    case "ticket_used":
    case "seats_taken":
      return { refusal: word, places: numbersOf(places) };
    default:
      throw new Error(`the function library answered "${word}" to a move`);
  }
}
