"""The operator's words: the commands of ``digest``."""
