"""What is shown: pages for readers, files for machines, citations."""
