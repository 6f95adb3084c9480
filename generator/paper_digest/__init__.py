"""paper-digest: a static archive of research papers, kept in git and built by MkDocs."""

import os

__version__ = "0.1.0"

# numpy reads it once, when it is first imported. Its matrices here are small: a second thread waits
# longer than it works, and a build took three times the processor's time for related papers.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
