"""What lists need to know of all papers: entries, topics, who has a page."""
