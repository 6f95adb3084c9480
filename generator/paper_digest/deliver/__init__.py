"""The site and its mail brought to people: hosts, sizes, newsletters."""
