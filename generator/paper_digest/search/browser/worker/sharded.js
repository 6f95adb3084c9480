// The worker's second script where the archive has the sharded index.

import { answerWith } from "./messages.js";
import { Volumes } from "./volumes.js";

answerWith(new Volumes(new URL("./", self.location.href), self.rootFetch, self.volumePaths));
