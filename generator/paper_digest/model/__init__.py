"""The words that everything else speaks: papers, topics, ids, links, errors."""
