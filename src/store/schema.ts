// The store's tables as Kysely sees them; migrations/ makes them. Ids are text, instants are milliseconds since
// 1970, flags are 0 or 1, documents are JSON text: the same on SQLite and PostgreSQL.

import type { Language } from "../domain/languages.ts";

export interface Database {
  accounts: AccountRow;
  sessions: SessionRow;
  sellers: SellerRow;
  memberships: MembershipRow;
  invitations: InvitationRow;
  password_resets: PasswordResetRow;
  sign_ups: SignUpRow;
  email_changes: EmailChangeRow;
  account_news_head: { id: number; number: number };
  account_news: AccountNewsRow;
  places: PlaceRow;
  venues: VenueRow;
  seat_maps: SeatMapRow;
  auditoriums: AuditoriumRow;
  media: MediaRow;
  shows: ShowRow;
  price_lists: PriceListRow;
  showings: ShowingRow;
  orders: OrderRow;
  tickets: TicketRow;
  refunds: RefundRow;
  moves: MoveRow;
  applied: AppliedRow;
  conflicts: ConflictRow;
  outbox: OutboxRow;
  jobs: JobRow;
  audit: AuditRow;
  touched_showings: TouchedShowingRow;
  blocked_places: BlockedPlaceRow;
  pinned_prices: PinnedPricesRow;
  partition_epochs: PartitionEpochRow;
  leases: LeaseRow;
}

export interface AccountRow {
  id: string;
  /** Lower case; unique. */
  email: string;
  name: string;
  /** argon2id, in PHC form. */
  password_hash: string;
  /** JSON: the home place and what else the person chose. */
  preferences: string;
  /** Runs the installation. */
  is_operator: number;
  created_at: number;
  updated_at: number;
}

export interface SessionRow {
  /** SHA-256 of the session's secret, hex: the secret itself is only in the cookie. */
  id_hash: string;
  account_id: string;
  user_agent: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
}

export interface SellerRow {
  id: string;
  name: string;
  currency: string;
  fee_minor: number;
  tax_basis_points: number;
  /** Buyers may not leave single seats stranded. */
  strand_rule: number;
  /** Buyers may cancel until so many hours before the showing; null: never. */
  cancel_hours: number | null;
  created_at: number;
}

export type MemberRole = "owner" | "manager" | "box-office" | "scanner";

export interface MembershipRow {
  seller_id: string;
  account_id: string;
  role: MemberRole;
  created_at: number;
}

export interface InvitationRow {
  id: string;
  seller_id: string;
  email: string;
  role: MemberRole;
  /** SHA-256 of the secret in the link, hex. */
  secret_hash: string;
  /** SHA-256 of the secret that only the mail's link has, hex; "" in one of before. */
  proof_hash: string;
  expires_at: number;
  created_at: number;
}

export interface PasswordResetRow {
  id: string;
  /** Lower case. */
  email: string;
  /** SHA-256 of the secret in the link, hex. */
  secret_hash: string;
  expires_at: number;
  created_at: number;
}

/** An account that is made when its holder follows the mailed link. */
export interface SignUpRow {
  id: string;
  /** Lower case; several rows may have it. */
  email: string;
  name: string;
  /** argon2id, in PHC form. */
  password_hash: string;
  /** Of mails; null for one that was asked for without saying. */
  language: Language | null;
  /** A path of this site to go on to; "" for none. */
  next: string;
  /** SHA-256 of the secret in the link, hex. */
  secret_hash: string;
  expires_at: number;
  created_at: number;
}

/** An e-mail address that an account has as soon as the mailed link is followed. */
export interface EmailChangeRow {
  id: string;
  /** Unique. */
  account_id: string;
  /** Lower case. */
  email: string;
  /** SHA-256 of the secret in the link, hex. */
  secret_hash: string;
  expires_at: number;
  created_at: number;
}

/** A session that ended, or an account whose rights changed. */
export interface AccountNewsRow {
  number: number;
  session_hash: string | null;
  account_id: string | null;
  at: number;
}

/** A city that people may type in. */
export interface PlaceRow {
  id: string;
  name: string;
  region: string;
  country: string;
  latitude: number;
  longitude: number;
  population: number;
  time_zone: string;
}

export interface VenueRow {
  id: string;
  /** Small and unique; part of the ids of its showings. */
  number: number;
  seller_id: string;
  name: string;
  address: string;
  city: string;
  region: string;
  country: string;
  latitude: number;
  longitude: number;
  time_zone: string;
  created_at: number;
}

export interface SeatMapRow {
  /** Hash of the document: the same drawing is stored once. */
  id: string;
  place_count: number;
  /** JSON: domain/seat-map.ts SeatMap. */
  document: string;
}

export interface AuditoriumRow {
  id: string;
  venue_id: string;
  name: string;
  seat_map_id: string;
  /** Between the end of a showing and the next start. */
  turnaround_minutes: number;
  created_at: number;
}

export interface MediaRow {
  id: string;
  seller_id: string;
  kind: "poster" | "still";
  /** JSON: [{ width, height, path }], smallest first. */
  variants: string;
  created_at: number;
}

export interface ShowRow {
  id: string;
  seller_id: string;
  kind: "film" | "event";
  title: string;
  synopsis: string;
  /** JSON: string[] */
  genres: string;
  /** JSON: string[] */
  cast_names: string;
  /** JSON: string[] */
  directors: string;
  running_minutes: number;
  rating: string;
  language: string;
  year: number | null;
  trailer_url: string;
  /** Path of the poster below the static content's root; "" for none. */
  poster: string;
  /** JSON: [{ id, path }], in their order. */
  stills: string;
  /** For the order `popular`; grows with sales. */
  popularity: number;
  status: "draft" | "published" | "archived";
  created_at: number;
  updated_at: number;
}

export interface PriceListRow {
  /** Hash of the document. */
  id: string;
  seller_id: string;
  /** JSON: domain/pricing.ts PriceList. */
  document: string;
}

export interface ShowingRow {
  /** Begins with venue number and day: a range of ids is a venue's day. */
  id: string;
  seller_id: string;
  show_id: string;
  auditorium_id: string;
  /** Of the auditorium when the showing was scheduled. */
  seat_map_id: string;
  starts_at: number;
  ends_at: number;
  price_list_id: string;
  strand_rule: number;
  status: "draft" | "published" | "cancelled";
  /** JSON: what domain/formats.ts has, in order. */
  formats: string;
}

export interface OrderRow {
  id: string;
  partition: number;
  /** Of the sale in the sales log; of the intent for an order that came to none. */
  sequence: number;
  showing_id: string;
  show_id: string;
  venue_id: string;
  seller_id: string;
  account_id: string | null;
  email: string;
  name: string;
  fingerprint: string;
  currency: string;
  total_minor: number;
  refunded_minor: number;
  status: "paying" | "confirmed" | "declined" | "cancelled" | "conflict";
  reason: string;
  provider: string;
  payment_id: string | null;
  starts_at: number;
  placed_at: number;
  confirmed_at: number | null;
  /** JSON: store/intent.ts StoredIntent; "" for orders from before there was any. */
  intent: string;
}

export interface TicketRow {
  order_id: string;
  place: number;
  showing_id: string;
  seat: string;
  section: string;
  tier: string;
  generation: number;
  face_minor: number;
  fee_minor: number;
  tax_minor: number;
  total_minor: number;
  /** `paying` until the sale; a unique index over (showing_id, place) holds for `active`. */
  status: "paying" | "active" | "void";
  admitted_at: number | null;
  gate: string | null;
}

export interface RefundRow {
  order_id: string;
  id: string;
  amount_minor: number;
  /** JSON: number[] */
  places: string;
  reason: string;
  status: "begun" | "done";
  at: number;
}

/** Tickets of an order that moved to other places at once; its tickets are those after all moves. */
export interface MoveRow {
  order_id: string;
  id: string;
  showing_id: string;
  /** JSON: domain/orders.ts Move */
  document: string;
  at: number;
}

/** How far the worker has applied each partition's sales log, and the chain's hash there. */
export interface AppliedRow {
  partition: number;
  sequence: number;
  hash: string;
  /** When the last sale that was applied was made; 0: there was none. */
  sale_at: number;
}

export interface ConflictRow {
  partition: number;
  sequence: number;
  order_id: string;
  detail: string;
  at: number;
}

export interface OutboxRow {
  /** `<partition>-<sequence>-<kind>`: writing an entry twice leaves one. */
  id: string;
  kind:
    | "order-confirmed"
    | "order-refunded"
    | "order-moved"
    | "showing-cancelled"
    | "invitation"
    | "password-reset"
    | "sign-up"
    | "email-change"
    | "account-known"
    | "email-changed";
  /** JSON */
  body: string;
  attempts: number;
  next_at: number;
  done_at: number | null;
  created_at: number;
}

export interface JobRow {
  id: string;
  kind: string;
  /** JSON */
  body: string;
  /** JSON: how far it came, so that it can go on after a crash. */
  progress: string;
  run_at: number;
  lease_owner: string | null;
  lease_until: number;
  attempts: number;
  last_error: string;
  done_at: number | null;
  created_at: number;
}

export interface AuditRow {
  id: string;
  at: number;
  /** An account id, or `system`. */
  actor: string;
  action: string;
  /** What it was done to: `order:…`, `showing:…`, `seller:…`. */
  subject: string;
  /** JSON */
  details: string;
}

/** A showing that the sales log ever spoke of. */
export interface TouchedShowingRow {
  showing_id: string;
  partition: number;
  starts_at: number;
  place_count: number;
  /** JSON: [start, count][] */
  sections: string;
  closed_at: number | null;
}

/** A place that is off sale. */
export interface BlockedPlaceRow {
  showing_id: string;
  place: number;
}

export interface PinnedPricesRow {
  /** Hash of the document. */
  id: string;
  /** JSON: domain/pricing.ts PriceList. */
  document: string;
}

/** Which reign of a partition is the newest. */
export interface PartitionEpochRow {
  partition: number;
  epoch: number;
}

/** Who may do something alone, and until when. */
export interface LeaseRow {
  name: string;
  owner: string;
  until: number;
}
