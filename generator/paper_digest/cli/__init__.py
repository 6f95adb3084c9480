"""The command line ``digest``."""
