"""Delivery: uploading the site, its size, and the newsletter."""
