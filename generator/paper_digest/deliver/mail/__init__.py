"""Sending the newsletter: over SMTP, with a log of what was sent."""
