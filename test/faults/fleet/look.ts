// What everybody can see of a sale: orders and seats over the public API, and the payment provider's books.

import type { Shop } from "../../app/setting.ts";
import type { BookedPayment, Seen, SeenOrder } from "./checker.ts";
import { Client } from "./client.ts";

export interface LookSettings {
  url: string;
  shop: Shop;
  provider: { url: string; secret: string };
}

const atOnce = 8;
const takenLetters = /[sp]/g;

export async function look({ url, shop, provider }: LookSettings, orderIds: readonly string[]): Promise<Seen> {
  const seller = new Client(url);
  await seller.ask("POST", "/api/v1/session", { email: shop.email, password: "velvet rope 1927" });
  const orders = new Map<string, SeenOrder>();
  const left = [...orderIds];
  const worker = async () => {
    for (let orderId = left.pop(); orderId !== undefined; orderId = left.pop()) {
      const path = `/api/v1/sellers/${shop.sellerId}/orders/${orderId}`;
      const { status, body } = await seller.ask("GET", path);
      if (status === 200) orders.set(orderId, body as unknown as SeenOrder);
      else if (status !== 404) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const taken = new Map<string, number>();
  for (const showingId of shop.showingIds) {
    const { body } = await seller.ask<{ states: string }>("GET", `/api/v1/showings/${showingId}/seats`);
    taken.set(showingId, body.states.match(takenLetters)?.length ?? 0);
  }
  return { orders, taken, payments: await readBooks(provider) };
}

interface BooksPage {
  items: readonly { orderId: string; state: BookedPayment }[];
  next?: string;
}

async function readBooks({ url, secret }: LookSettings["provider"]): Promise<Map<string, BookedPayment>> {
  const booked = new Map<string, BookedPayment>();
  let after = "";
  do {
    const response = await fetch(`${url}/payments?since=0&uncaptured=false&limit=1000${after}`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    if (!response.ok) throw new Error(`the provider's books answered ${response.status}`);
    const { items, next } = (await response.json()) as BooksPage;
    for (const { orderId, state } of items) booked.set(orderId, state);
    after = next === undefined ? "" : `&after=${next}`;
  } while (after !== "");
  return booked;
}
