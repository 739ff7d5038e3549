// The way from nothing to the first sale: shown until a showing is published.

import type { FirstSteps } from "../../../catalogue/authoring/authoring.ts";
import { ButtonLink } from "../../components/buttons.tsx";
import { Icon } from "../../components/icon.tsx";
import { t } from "../../messages.ts";

type StepName = keyof typeof t.firstSteps.steps;

interface Step {
  name: StepName;
  done: boolean;
  /** Where it is done, below the seller's address. */
  path: string;
}

/** In their order: each needs what those before it made. */
function stepsOf({ venueId, auditoriumId, showId, showPublished, priceListId, showingId }: FirstSteps): Step[] {
  const show = showId === undefined ? "" : `?show=${showId}`;
  return [
    { name: "venue", done: venueId !== undefined, path: "/venues/new" },
    {
      name: "room",
      done: auditoriumId !== undefined,
      path: venueId === undefined ? "/venues" : `/venues/${venueId}/auditoriums/new`,
    },
    { name: "show", done: showId !== undefined, path: "/shows/new" },
    {
      name: "prices",
      done: priceListId !== undefined,
      path: auditoriumId === undefined ? "/prices" : `/prices/new/${auditoriumId}`,
    },
    { name: "schedule", done: showingId !== undefined, path: `/schedule${show}` },
    {
      name: "onSale",
      done: false,
      path: showId !== undefined && !showPublished ? `/shows/${showId}` : `/showings${show}`,
    },
  ];
}

/** Whether an address is that page, whatever it is asked for. */
const isAt = (address: string, page: string): boolean => address.split("?")[0] === page.split("?")[0];

type Way = { base: string; steps: FirstSteps };

/** All steps, for the dashboard. */
export function StepsCard({ base, steps: begun }: Way) {
  const steps = stepsOf(begun);
  const next = steps.find(({ done }) => !done);
  return (
    <section class="card first-steps">
      <h2 class="card-title">{t.firstSteps.title}</h2>
      <p>{t.firstSteps.lead}</p>
      <ol>
        {steps.map((step) => (
          <li key={step.name} class={step.done ? "first-step-done" : step === next ? "first-step-next" : ""}>
            <span class="first-step-mark" aria-hidden="true">
              {step.done && <Icon name="check" />}
            </span>
            <div>
              <h3>
                {t.firstSteps.steps[step.name].title}
                {step.done && <span class="unseen">, {t.firstSteps.done}</span>}
              </h3>
              <p>{t.firstSteps.steps[step.name].about}</p>
              {step === next && <ButtonLink href={base + step.path}>{t.firstSteps.steps[step.name].title}</ButtonLink>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What comes next, for every other page; without a way there on the page that it leads to. */
export function StepsLine({ base, steps: begun, here }: Way & { here: string }) {
  const steps = stepsOf(begun);
  const next = steps.find(({ done }) => !done);
  const done = steps.filter((step) => step.done).length;
  if (!next) return null;
  return (
    <aside class="steps-line" aria-label={t.firstSteps.title}>
      <progress value={done} max={steps.length} aria-label={t.firstSteps.progress(done, steps.length)} />
      <p>
        <strong>{t.firstSteps.next(t.firstSteps.steps[next.name].title)}</strong>{" "}
        <span class="soft">{t.firstSteps.progress(done, steps.length)}</span>
      </p>
      {!isAt(here, base + next.path) && (
        <ButtonLink href={base + next.path} kind="quiet" small>
          {t.firstSteps.go}
        </ButtonLink>
      )}
    </aside>
  );
}
