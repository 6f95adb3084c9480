"""The sharded search index: many small files that a browser reads a few of per query."""
