// Live seats on the page of a showing: see picker/start.ts.

import { startPicker } from "../picker/start.ts";

void startPicker();
