// What a seller's reports are asked for.

/** From … until (exclusive), ms: when orders were placed, or when showings start. */
export interface Period {
  from: number;
  until: number;
}

/** Only of one show, of one venue, or both. */
export interface SalesFilter {
  showId?: string;
  venueId?: string;
}

export interface ReportPage {
  limit: number;
  cursor?: string;
}
