"""The sharded search index, what ranks papers by it, and related papers; README.md explains the ranking.

Public: ``build.build_index`` writes an index, ``ranked_search.RankedSearch`` searches one,
``related.related_papers`` finds the papers nearest to each, ``bundle`` gives the browser's scripts.
"""
