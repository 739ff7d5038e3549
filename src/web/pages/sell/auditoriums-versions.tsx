// Which seats an auditorium's showings have: those of now, and those that scheduled ones keep.

import type { CompiledSeatMap } from "../../../catalogue/model.ts";
import type { SeatMapVersion } from "../../../catalogue/authoring/authoring.ts";
import { ButtonLink } from "../../components/buttons.tsx";
import { Badge, Card } from "../../components/frames.tsx";
import { t } from "../../messages.ts";
import { dayOf, dayTexts } from "../../times.ts";
import { SeatMapPicture } from "./seat-map-picture.tsx";

/** A version with its drawing. */
export interface DrawnVersion extends SeatMapVersion {
  compiled: CompiledSeatMap;
}

export function Versions(props: { versions: readonly DrawnVersion[]; editHref: string; timeZone: string }) {
  const texts = t.auditoriums;
  return (
    <Card title={texts.versions} id="versions">
      <p class="hint">{texts.versionsLead}</p>
      <ul class="versions">
        {props.versions.map((version) => (
          <Version key={version.seatMapId} {...props} version={version} />
        ))}
      </ul>
    </Card>
  );
}

function Version({ version, editHref, timeZone }: { version: DrawnVersion; editHref: string; timeZone: string }) {
  const texts = t.auditoriums;
  const { current, showings, toCome, first, last } = version;
  const places = texts.places(version.placeCount);
  const day = (at: number) => dayTexts(dayOf(at, timeZone)).day;
  const used = [
    ...(toCome > 0 ? [texts.toCome(toCome)] : []),
    ...(showings > toCome ? [texts.past(showings - toCome)] : []),
  ];
  return (
    <li class="version">
      <SeatMapPicture map={version.compiled.map} label={texts.versionPicture(places)} small />
      <div>
        <p class="version-name">
          {places} <Badge tone={current ? "good" : "plain"}>{current ? texts.current : texts.kept}</Badge>
        </p>
        <p>{used.length > 0 ? used.join(", ") : texts.unused}</p>
        {first !== undefined && last !== undefined && <p class="soft small">{texts.span(day(first), day(last))}</p>}
        {current && <p class="soft small">{texts.currentAbout}</p>}
        {!current && (
          <ButtonLink href={`${editHref}?from=${version.seatMapId}`} kind="quiet" small>
            {texts.reopen}
            <span class="unseen"> {places}</span>
          </ButtonLink>
        )}
      </div>
    </li>
  );
}
