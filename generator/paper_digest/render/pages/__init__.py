"""What the site shows: each module makes one kind of page from the catalog, and does no I/O."""
