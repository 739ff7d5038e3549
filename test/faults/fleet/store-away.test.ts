// A few seconds of it; `npm run test:faults` has a minute.

import { storeAwayTests } from "./store-away.ts";

storeAwayTests({ awayMs: 8_000 });
