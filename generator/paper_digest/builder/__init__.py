"""The store made into pages: what is read, what is known of all papers, what is made of it."""
