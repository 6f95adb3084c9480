"""From the store to the site: papers are read and cached, the site planned, ``docs/`` written."""
