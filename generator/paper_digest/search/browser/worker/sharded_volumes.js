// The worker's second script where the archive is split into volumes, which are searched as one.

import { answerWith } from "./messages.js";
import { Volumes } from "./volumes.js";

answerWith(new Volumes(new URL("./", self.location.href), self.rootFetch, self.volumePaths));
