"""archive.yml read into strict types, and the services it names."""
