/** Milliseconds since 1970. Passed to everything that needs the time, so that tests own it. */
export type Clock = () => number;
