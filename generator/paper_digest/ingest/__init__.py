"""Papers into the store: asked for, read, found among those known, merged and written."""
