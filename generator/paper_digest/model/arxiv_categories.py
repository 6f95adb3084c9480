"""arXiv's categories, those it no longer gives included, and what a wrong one was meant to be.

Facts of https://arxiv.org/category_taxonomy and, for the archives that others took in,
https://info.arxiv.org/help/arxiv_identifier.html, as of November 2026.
"""

from __future__ import annotations

from difflib import get_close_matches

_CLASSES_BY_ARCHIVE = {
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE"
    " NI OH OS PF PL RO SC SD SE SI SY",
    "econ": "EM GN TH",
    "eess": "AS IV SP SY",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT"
    " SG SP ST",
    "nlin": "AO CD CG PS SI",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph"
    " flu-dyn gen-ph geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "stat": "AP CO ME ML OT TH",
}

#: Archives that are one category.
_UNDIVIDED = "gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph"

#: Categories that only older papers have: archives before they were divided, or merged into others.
FORMER_CATEGORIES = frozenset(
    [
        "astro-ph",
        "cond-mat",
        "q-bio",
        "acc-phys",
        "adap-org",
        "alg-geom",
        "ao-sci",
        "atom-ph",
        "bayes-an",
        "chao-dyn",
        "chem-ph",
        "cmp-lg",
        "comp-gas",
        "dg-ga",
        "funct-an",
        "mtrl-th",
        "patt-sol",
        "plasm-ph",
        "q-alg",
        "solv-int",
        "supr-con",
    ]
)

CATEGORIES = frozenset(
    {
        *(f"{archive}.{c}" for archive, cs in _CLASSES_BY_ARCHIVE.items() for c in cs.split()),
        *_UNDIVIDED.split(),
        *FORMER_CATEGORIES,
    }
)

#: Archives of several categories: a feed has their name, a paper only before they were divided.
ARCHIVES = frozenset(_CLASSES_BY_ARCHIVE)

#: ``math.*`` stands for all classes of an archive, and for papers that have the archive's name alone.
CATEGORY_PATTERNS = frozenset(f"{archive}.*" for archive in _CLASSES_BY_ARCHIVE)


def similar_categories(text: str) -> tuple[str, ...]:
    """Return up to three categories or patterns that ``text`` may be a slip of, likeliest first."""
    by_lower_case = {name.lower(): name for name in sorted(CATEGORIES | CATEGORY_PATTERNS)}
    lower = text.strip().lower()
    if f"{lower}.*" in by_lower_case:
        return (f"{lower}.*",)
    if lower in by_lower_case:
        return (by_lower_case[lower],)
    return tuple(by_lower_case[name] for name in get_close_matches(lower, by_lower_case))
