// A purchase from hold to refund in a process that kills itself on the way: `theatre-child.ts <folder> <start> <token>
// <failpoint>`. Every answer is a line of JSON before the next step begins: what was printed, the client knows.

import { guest, openTheatre, orderFor, sellerId } from "../sales/fixture.ts";
import { orderId, theMove, theShowings } from "./theatre-setting.ts";

const [folder = "", start = "0", token = "tok_approve", failpoint = ""] = process.argv.slice(2);
const theatre = await openTheatre({ folder, start: Number(start), showings: theShowings(Number(start)), failpoint });
const { sales, showing } = theatre;
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

const hold = await sales.hold({ showingId: showing.id, seats: ["C-7", "C-8"] }, guest);
say({ holdId: hold.id });
try {
  const order = await sales.checkOut(orderFor(hold.id, token, orderId), guest);
  say({ status: order.status, tickets: order.tickets.map(({ id }) => id) });
  await theatre.apply();
  if (order.status === "confirmed") {
    const [ticket] = await sales.tickets(order.id, { secret: order.secret ?? "" });
    const answer = await sales.scan({ token: ticket?.token ?? "", gate: "north", sellerIds: [sellerId], actor: "d" });
    say({ admitted: answer.admitted });
    const moved = await sales.moveSeats({ orderId, sellerId, ...theMove, actor: "manager" });
    say({ moved: true, tickets: moved.tickets.map(({ id }) => id) });
    await sales.refund({ orderId, sellerId, refundId: "r1", seats: ["C-9"], reason: "ill", actor: "manager" });
    say({ refunded: true });
  }
} catch (error) {
  say({ refused: (error as { code?: string }).code });
}
await theatre.apply();
say({ finished: true });
// What follows the answer, as the capture does, may still be on its way to where the process dies.
setTimeout(() => process.exit(1), 3_000);
