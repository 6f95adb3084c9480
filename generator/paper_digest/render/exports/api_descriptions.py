"""What the API's schema says of each kind of object: published words, so not taken from docstrings.

``python -OO`` has no docstrings, and they speak to programmers of this package.
"""

from __future__ import annotations

DESCRIPTIONS = {
    "Author": "One author, the name as the source prints it. `family` is there only where a source "
    "splits names, and is the whole name where a source says that it is a body's; `orcid` is the bare iD.",
    "Claim": "What one source says of a paper, and when. `agrees`: fields whose value is also this "
    "source's; `differs`: its own values of the other fields.",
    "CollectionCount": "A curator's list and the number of its papers.",
    "CuratedCollection": "A curator's list in its own order. `about` is Markdown, `by` who keeps it.",
    "CuratedPaper": "A paper of a list, with the curator's words on it and the day on which it came into the list. One that "
    "the archive has not has no slug; its title is what the list calls it.",
    "CuratedSection": "Papers of a list below one title, which is empty for those before any.",
    "DailyPage": "Papers of a day. `count` is the number of all, `next` the path of the page that goes on.",
    "DailyPaper": "A paper of a day: its first authors and the number of all, and the names of its topics; `notice` as in Row.",
    "DailyYear": "The days of a year that have papers, with their numbers. `papers` are all of the year, those "
    "of which only the month or the year is known too.",
    "Day": "The papers of one day.",
    "Digest": "A short summary, who wrote it (a person's or a model's name), and when.",
    "Gone": "At the address of an id that is no paper's: its paper was taken out (`removed`), or the "
    "id was given for `papers` that it does not belong to (`disputed`).",
    "Index": "The paths of all files, and each topic, curator's list and day with its number of papers. `newest_day` is the last "
    "day that has come: papers may be dated ahead. All numbers are of this site; `volumes` are further ones of the archive, "
    "and of a volume `current_site` is the one with the latest papers.",
    "Link": "A place on the web that belongs to a paper. `stars`: stars on GitHub on the day `as_of`.",
    "Moved": "At the address of an id that a paper had before: its present id, and the address of "
    "its record.",
    "Notice": "What a publisher said of a paper after it was out: its kind, the notice's address, and its date.",
    "Paper": "A paper. Dates are ISO 8601; `published` may be a year or a month; `inferred` says that "
    "its year was not printed. `aliases` are former ids, `same_as` ids that a registry calls the same "
    "paper, `disputed_ids` ids that a source gave and that may belong to another paper. `truncated`: "
    "the abstract ends early. `withdrawn`: the reason. `work_type`: what a source states it to be. `announced`: the first day a daily list had it.",
    "Record": "A paper and what follows from it: the address of its page (`url`), the names of its "
    "topics, the best match first, `related`, slugs of related papers, and `citation`, a CSL-JSON item. Its "
    "abstract is the record's, unless it has one itself: that in plain characters, where the record's has TeX.",
    "Row": "A paper in a list; `date` is the day, month or year it is filed under, `notice` the gravest of what was said "
    "against it: `retracted`, `withdrawn`, or the kind of a Notice.",
    "Sighting": "A page of a source that listed a paper, and the day. `upvotes` and `comments` were "
    "counted on the day `as_of`, `earlier` are older counts with their days. `seen_as` and "
    "`published_as` are dates as printed, where nothing tells their year.",
    "TopicCount": "A topic and the number of its papers, with those of its subtopics.",
    "TopicList": "A topic with its papers; a large one has the numbers of its `years` instead.",
    "Trending": "Papers that rank high by upvotes for their age (`rising`), and those that gained most in a "
    "`week` and a `month`.",
    "TrendingPaper": "A paper with upvotes. `gain`: those of the list's span, 0 in `rising`; `notice` as in Row.",
    "Version": "A version of a preprint: its number, from 1, and its date.",
    "Year": "The papers of one topic in one year, or those without a year (`undated`).",
    "VolumeSite": "A volume: papers of this archive on a site of their own at `url`, which has all these files too.",
}
