"""Outside text made strict and readable."""
