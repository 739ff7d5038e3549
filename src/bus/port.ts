// News between the parts of an installation: what a cache must forget, which chunk is superseded. Messages may be lost when
// a process dies or a connection breaks, so whatever rests on them also has an end by time. Back ends: memory.ts (one
// process), redis.ts (pub/sub).

export interface Topics {
  /** Published chunks were superseded, or have ended: look them up again. */
  chunks: { keys: readonly string[] };
  /** A session ended, or what its account may do changed. */
  session: { sessionHash?: string; accountId?: string };
}

export interface Bus {
  /** Tells every process, this one before it answers. Never throws: what cannot be told is a gap for those who missed it. */
  publish<Topic extends keyof Topics>(topic: Topic, news: Topics[Topic]): void;
  /** Calls `listener` for news of a topic; answers the function that ends it. */
  subscribe<Topic extends keyof Topics>(topic: Topic, listener: (news: Topics[Topic]) => void): () => void;
  /** Calls `listener` whenever news may have been missed: whoever rests on news looks for itself. Answers the function that ends it. */
  onGap(listener: () => void): () => void;
  close(): Promise<void>;
}
