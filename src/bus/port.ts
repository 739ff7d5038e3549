// News between the parts of an installation: what a cache must forget, which chunk is superseded. Messages may be lost when
// a process dies, so whatever rests on them also has an end by time. Back ends: memory.ts (one process), Redis pub/sub.

export interface Topics {
  /** A chunk was superseded: its key and the hash of its new content, "" if it has none any more. */
  chunk: { key: string; hash: string };
  /** A session ended, or what its account may do changed. */
  session: { sessionHash?: string; accountId?: string };
}

export interface Bus {
  publish<Topic extends keyof Topics>(topic: Topic, news: Topics[Topic]): void;
  /** Calls `listener` for news of a topic; answers the function that ends it. */
  subscribe<Topic extends keyof Topics>(topic: Topic, listener: (news: Topics[Topic]) => void): () => void;
  close(): Promise<void>;
}
