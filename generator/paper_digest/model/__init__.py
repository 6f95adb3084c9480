"""The types all rooms share: papers, topics, batches of a source, ids, links, problems and errors."""
