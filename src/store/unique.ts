/** Whether a write failed because a primary key or a unique index has that value already; the same on every database. */
export function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  // PostgreSQL names it 23505; SQLite has 1555 for a primary key and 2067 for a unique index.
  return code === "23505" || errcode === 1555 || errcode === 2067;
}
