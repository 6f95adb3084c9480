"""An archive as one file that others keep: written, checked, restored."""
