// The work of an installation that nobody asks for, apart from the slow path: the same in one process and in a fleet's workers.

import { publishDaysJob, publishPlanned, type PublishDaysBody } from "../catalogue/authoring/publish-days.ts";
import { createOriginListing } from "../catalogue/origin-listing.ts";
import { cancelShowingJob, type CancelShowingBody } from "../sales/cancel-showing.ts";
import { giveBackJob } from "../store/apply.ts";
import { createEmailChangeTable } from "../store/email-changes.ts";
import { createInvitationTable } from "../store/invitations.ts";
import { createPasswordResetTable } from "../store/password-resets.ts";
import { createOutbox } from "../store/outbox.ts";
import { createAccountNews } from "../store/account-news.ts";
import { createSessionTable } from "../store/sessions.ts";
import { createSignUpTable } from "../store/sign-ups.ts";
import { createRunningPages } from "../web/pages/running.tsx";
import type { JobHandler } from "../workers/leased.ts";
import type { PeriodicJob } from "../workers/periodic.ts";
import { publishOrigin } from "../workers/publish-origin.ts";
import { sweepAccounts } from "../workers/sweep-accounts.ts";
import { sweepMails } from "../workers/sweep-mails.ts";
import type { Parts } from "./parts.ts";

const sweepMs = 250;
const reconcileMs = 1_000;
/** What was reserved and not taken, because the provider was away for a moment, is taken within this time. */
const reservedMs = 20_000;
/** Providers keep an uncaptured payment for a week; what was reserved before the last start is looked for that far back. */
const reservedSinceMs = 7 * 86_400_000;

/** A refund that a recovery missed was made while it went on: a minute at most. */
const refundedSinceMs = 2 * 60_000;

/** Holds end, open payments are settled, shows come to an end, the origin is kept, what is over in the accounts and mails is removed. */
export function periodicDuties(
  parts: Parts,
  isMine: (partition: number) => boolean = () => true,
): readonly PeriodicJob[] {
  const { system, backEnds, sales, publisher } = parts;
  const { clock } = system;
  const { inventory, store } = backEnds;
  return [
    { name: "sweep", everyMs: sweepMs, run: () => inventory.sweep(clock()) },
    { name: "reconcile", everyMs: reconcileMs, run: () => sales.reconcileUnfinished(isMine) },
    { name: "reserved", everyMs: reservedMs, run: () => sales.reconcileReserved(clock() - reservedSinceMs) },
    { name: "refunded", everyMs: reservedMs, run: () => sales.reconcileRefunded(clock() - refundedSinceMs) },
    { name: "days", everyMs: 60_000, run: () => publisher.publishShows() },
    sweepAccounts(
      [
        createSessionTable(store.db),
        createInvitationTable(store.db),
        createPasswordResetTable(store.db),
        createSignUpTable(store.db),
        createEmailChangeTable(store.db),
        createAccountNews(store.db),
      ],
      clock,
    ),
    sweepMails(createOutbox(store.db), clock),
    originDuty(parts),
  ];
}

/** What runs is at the static content's origin too, for whoever asks there. */
function originDuty({ config, system, backEnds, web }: Parts): PeriodicJob {
  const { publicUrl, staticUrl } = config;
  const drawPages = createRunningPages(web, { publicUrl, ...(staticUrl === "" ? {} : { staticUrl }) });
  const { published, content: origin } = backEnds;
  const { clock } = system;
  const listing = createOriginListing({ published, origin, clock, drawPages, pageFiles: web.assets.files });
  return publishOrigin(listing, clock);
}

/** Who works on which kind of the job table. */
export function jobHandlers({ backEnds, sales, publisher }: Parts): Readonly<Record<string, JobHandler>> {
  const { payments } = backEnds;
  /** The loser of a seat that was sold twice gets the money back, whatever happens to this process meanwhile. */
  const giveBack: JobHandler = async (job) => {
    const { orderId } = job.body as { orderId: string };
    const state = await payments.capture(orderId);
    if (state.state !== "captured") return;
    const { amountMinor, refundedMinor, showingId = "" } = state;
    const refund = { orderId, refundId: "seat-conflict", amountMinor: amountMinor - refundedMinor };
    await payments.refund({ ...refund, showingId, journal: "" });
  };
  const publishDays: JobHandler = (job) => publishPlanned(publisher, job.body as PublishDaysBody);
  const cancelShowing: JobHandler = async (job) => {
    const { waiting } = await sales.refundCancelledShowing(job.body as CancelShowingBody);
    return waiting > 0 ? { againMs: 500 } : undefined;
  };
  return { [cancelShowingJob]: cancelShowing, [giveBackJob]: giveBack, [publishDaysJob]: publishDays };
}
