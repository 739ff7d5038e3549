// The frame of each part of the dashboard: its name, and the same figures as a file.

import type { ComponentChildren } from "preact";
import { Icon } from "../../components/icon.tsx";
import { t } from "../../messages.ts";

export function DashboardCard(props: { title: string; csv?: string; children: ComponentChildren }) {
  const { title, csv, children } = props;
  return (
    <section class="card dash-card">
      <div class="dash-card-head">
        <h2>{title}</h2>
        {csv && (
          <a class="dash-csv" href={csv} aria-label={t.dashboard.csvOf(title)} download>
            <Icon name="download" />
            {t.dashboard.csv}
          </a>
        )}
      </div>
      {children}
    </section>
  );
}
