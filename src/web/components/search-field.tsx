// The field that finds shows, people, venues and cities. islands/suggest.ts makes a combobox of it; without scripts it is a field.

import { t } from "../messages.ts";
import { Icon } from "./icon.tsx";

/** The field `q`, with its button; inside a form. */
export function SearchField({ value = "" }: { value?: string }) {
  return (
    <div
      class="suggesting"
      data-suggest="/api/v1/suggestions"
      data-kinds={JSON.stringify(t.search.kinds)}
      data-found={t.search.found}
      data-none={t.search.none}
    >
      <Icon name="search" />
      <input
        type="search"
        name="q"
        id="search"
        aria-label={t.search.label}
        placeholder={t.search.example}
        value={value}
        maxLength={100}
        autoComplete="off"
        enterKeyHint="search"
      />
      <ul role="listbox" id="search-found" aria-label={t.search.suggestions} hidden />
      <span class="unseen" role="status" />
      <button type="submit" class="unseen-until-focus">
        {t.search.go}
      </button>
    </div>
  );
}
