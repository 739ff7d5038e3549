// A minute without the store.

import { storeAwayTests } from "../store-away.ts";

storeAwayTests({ awayMs: 60_000, fasterThan: 5 });
