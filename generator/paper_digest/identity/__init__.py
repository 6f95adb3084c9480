"""Which records are one paper, and what is believed of it; pure."""
