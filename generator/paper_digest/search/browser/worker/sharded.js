// The worker's second script where the archive has the sharded index and no volumes.

import { Engine } from "./engine.js";
import { answerWith } from "./messages.js";

answerWith(new Engine(new URL("./", self.location.href), self.rootFetch));
