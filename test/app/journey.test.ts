import { deepEqual, equal, ok } from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { denverDay, openHouse, openShop, signUp, visitor, type House, type Shop } from "./setting.ts";

interface Listed {
  items: { show: { id: string; title: string }; next: { id: string }; venue: { name: string } }[];
}

describe("one machine, the whole job", () => {
  let house: House;
  let shop: Shop;
  before(async () => {
    house = await openHouse();
    shop = await openShop(house);
  });
  after(() => house.close());

  const near = "39.74,-104.99";
  const list = async () =>
    (await visitor(house).ask<Listed>("GET", `/api/v1/shows?near=${near}&on=${denverDay(1)}&after=19:00`)).body;

  it("shows a new show in the list as soon as the seller was told that it is published", async () => {
    const { items } = await list();
    deepEqual(
      items.map((item) => item.show.title),
      ["The Long Matinee"],
    );
    equal(items[0]?.next.id, shop.showingIds[0]);
  });

  it("holds two seats, is declined once, pays, is let in once, and is in the history after a restart", async () => {
    const buyer = visitor(house);
    await signUp(house, buyer, { email: "billie@example.org", name: "Billie", password: "popcorn and salt" });
    const hold = await buyer.ask<{ id: string; totalMinor: number }>(
      "POST",
      `/api/v1/showings/${shop.showingIds[0]}/holds`,
      { seats: ["C-7", "C-8"] },
    );
    equal(hold.status, 201);
    const order = (id: string, token: string) =>
      buyer.ask<{ status: string; totalMinor: number }>("POST", "/api/v1/orders", {
        id,
        holdId: hold.body.id,
        buyer: { email: "billie@example.org", name: "Billie" },
        payment: { provider: "sandbox", token },
      });
    equal((await order("declined-order-0001", "tok_decline")).status, 402);
    const paid = await order("paid-order-00000001", "tok_approve");
    deepEqual([paid.status, paid.body.status, paid.body.totalMinor], [201, "confirmed", hold.body.totalMinor]);
    const tickets = await buyer.ask<{ items: { token: string }[] }>(
      "GET",
      "/api/v1/orders/paid-order-00000001/tickets",
    );
    const scan = { token: tickets.body.items[0]?.token, gate: "north" };
    equal((await shop.seller.ask("POST", "/api/v1/scans", scan)).status, 200);
    const second = await shop.seller.ask<{ code: string }>("POST", "/api/v1/scans", scan);
    deepEqual([second.status, second.body.code], [409, "ticket_used"]);
    await house.restart();
    const history = await buyer.ask<{ items: { id: string; status: string }[] }>("GET", "/api/v1/me/orders");
    deepEqual(
      history.body.items.map(({ id, status }) => [id, status]),
      [["paid-order-00000001", "confirmed"]],
    );
    equal((await shop.seller.ask("POST", "/api/v1/scans", scan)).status, 409, "a restart does not admit twice");
  });

  it("hides a guest's order from everybody without its key", async () => {
    const guest = visitor(house);
    const hold = await guest.ask<{ id: string }>("POST", `/api/v1/showings/${shop.showingIds[0]}/holds`, {
      bestAvailable: { quantity: 2 },
    });
    const body = {
      id: "guest-order-00000001",
      holdId: hold.body.id,
      buyer: { email: "g@example.org", name: "G" },
      payment: { provider: "sandbox", token: "tok_approve" },
    };
    const placed = await guest.ask<{ key: string }>("POST", "/api/v1/orders", body);
    equal(placed.status, 201);
    const stranger = visitor(house);
    equal((await stranger.ask("GET", "/api/v1/orders/guest-order-00000001")).status, 404);
    equal((await stranger.ask("GET", `/api/v1/orders/guest-order-00000001?key=${placed.body.key}`)).status, 200);
    deepEqual(await guest.ask("POST", "/api/v1/orders", body), placed, "the same id and body gets the same answer");
  });

  it("shows the seller the money, and refunds every order of a cancelled showing", async () => {
    const buyer = visitor(house);
    const hold = await buyer.ask<{ id: string }>("POST", `/api/v1/showings/${shop.showingIds[1]}/holds`, {
      bestAvailable: { quantity: 3 },
    });
    const body = {
      id: "to-be-cancelled-001",
      holdId: hold.body.id,
      buyer: { email: "c@example.org", name: "C" },
      payment: { provider: "sandbox", token: "tok_approve" },
    };
    const placed = await buyer.ask<{ key: string; totalMinor: number }>("POST", "/api/v1/orders", body);
    await house.app.caughtUp();
    const at = `/api/v1/sellers/${shop.sellerId}`;
    const orders = await shop.seller.ask<{ items: { id: string; totalMinor: number }[] }>("GET", `${at}/orders`);
    equal(orders.body.items.find((order) => order.id === body.id)?.totalMinor, placed.body.totalMinor);
    equal(
      (await shop.seller.ask("POST", `${at}/showings/${shop.showingIds[1]}/cancel`, { reason: "flood" })).status,
      202,
    );
    for (;;) {
      const { body: seen } = await buyer.ask<{ refundStatus: string; refundedMinor: number }>(
        "GET",
        `/api/v1/orders/${body.id}?key=${placed.body.key}`,
      );
      if (seen.refundStatus === "whole") {
        equal(seen.refundedMinor, placed.body.totalMinor);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const state = await house.app.payments.find(body.id);
    equal(state.state === "captured" ? state.refundedMinor : -1, placed.body.totalMinor);
    equal(
      (await buyer.ask("POST", `/api/v1/showings/${shop.showingIds[1]}/holds`, { bestAvailable: { quantity: 1 } }))
        .status,
      410,
    );
  });

  it("serves lists, details, seats and pages without asking the store", async () => {
    const someone = visitor(house);
    await house.app.caughtUp();
    // Work in the background asks the store now and then, so what counts is that asking a hundred times asks it no more.
    const during = async (work: () => Promise<unknown>) => {
      const from = house.app.store.queries();
      await work();
      return house.app.store.queries() - from;
    };
    const paths = [
      `/api/v1/shows?near=${near}`,
      `/api/v1/shows/${shop.showId}`,
      `/api/v1/shows/${shop.showId}/showings`,
      "/api/v1/venues",
      `/api/v1/venues/${shop.venueId}/showings`,
      `/api/v1/showings/${shop.showingIds[0]}`,
      `/api/v1/showings/${shop.showingIds[0]}/seats`,
      "/",
      `/shows/${shop.showId}`,
      "/venues",
      `/venues/${shop.venueId}`,
      `/showings/${shop.showingIds[0]}`,
    ];
    for (const path of paths) {
      let least = Infinity;
      for (let turn = 0; turn < 5 && least > 0; turn += 1) {
        least = Math.min(least, await during(async () => ok((await someone.ask("GET", path)).status === 200, path)));
      }
      equal(least, 0, `${path} asked the store`);
    }
  });
});
