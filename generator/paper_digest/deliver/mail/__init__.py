"""The newsletter on its way: the SMTP edge, and the record of what was sent."""
