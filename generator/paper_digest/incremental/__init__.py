"""What builds reuse: the cached site with its manifest, hashing, locks, and work shared by forks."""
