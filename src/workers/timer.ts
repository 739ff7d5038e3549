/** Calls `run` after `ms`; answers the function that calls it off. Passed in, so that tests own the time. */
export type Timer = (ms: number, run: () => void) => () => void;

/** The system's timer. */
export const systemTimer: Timer = (ms, run) => {
  const timeout = setTimeout(run, ms);
  return () => clearTimeout(timeout);
};
