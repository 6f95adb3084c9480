// The worker's second script where the archive has lunr's index; lunr itself stands before it.

import { LunrEngine } from "./lunr_engine.js";
import { answerWith } from "./messages.js";

answerWith(new LunrEngine(new URL("lunr.json", self.location.href), self.rootFetch));
