// What was refused, above a page; and the way to where it can be mended, if that is another page.

import { faultOf } from "../../../domain/faults.ts";
import type { Refusal } from "../../../domain/refusals.ts";
import { Notice } from "../../components/frames.tsx";
import { t } from "../../messages.ts";
import { sentenceOf } from "../../page-refusal.ts";

export function RefusalNotice({ base, refusal }: { base: string; refusal: Refusal }) {
  const draft = draftShow(refusal);
  return (
    <Notice kind="error">
      <p>
        {sentenceOf(refusal)} {draft && <a href={`${base}/shows/${draft.id}`}>{t.programme.openShow(draft.title)}</a>}
      </p>
    </Notice>
  );
}

/** The show that has to be published first, if that was why. */
export function draftShow(refusal: Refusal): { id: string; title: string } | undefined {
  const fault = faultOf(refusal);
  const id = refusal.facts["showId"];
  return fault?.code === "show-unpublished" && typeof id === "string" ? { id, title: fault.title } : undefined;
}
