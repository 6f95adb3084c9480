"""Made-up papers that strain a page: long, foreign, hostile, broken, and plain ones beside them."""

from __future__ import annotations

from paper_digest.identity.claims import attribute_fields
from paper_digest.model.paper import Author, Digest, Link, Paper, Sighting, Version

DAY = "2026-03-05"


def _votes(day: str, upvotes: int) -> tuple[Sighting, ...]:
    return (Sighting("huggingface", day, seen=day, upvotes=upvotes, comments=1, as_of=day),)


_PAPERS = (
    Paper(
        id="arxiv:2603.00001",
        title="Looms that count: a plain paper on weaving numbers",
        authors=(Author("Ada Weaver", orcid="0000-0002-1825-0097"), Author("Ben Spinner")),
        published="2026-03-02",
        updated="2026-03-04",
        announced=DAY,
        versions=(Version(1, "2026-03-02"), Version(2, "2026-03-04")),
        categories=("cs.LG", "cs.CL"),
        keywords=("looms", "weaving"),
        organisation="Weavers' Guild",
        comment="12 pages, see https://loom.example/notes",
        digest=Digest("A loom is shown that counts what it weaves.", by="A. Reader", at=DAY),
        links=(Link("code", "https://github.com/guild/loom", stars=1204, as_of=DAY),),
        sightings=_votes(DAY, 41),
        aliases=("title:00000000000000aa",),
        abstract="We teach a loom to count its threads, and say how well it does.",
    ),
    Paper(
        id="arxiv:2603.00002",
        title="Looms that forget: threads, counting and weaving without memory",
        authors=(Author("Ada Weaver"), Author("Céline O'Knot")),
        published=DAY,
        announced=DAY,
        categories=("cs.LG",),
        organisation="Weavers' Guild",
        sightings=_votes(DAY, 7),
        abstract="A loom without memory counts its threads by weaving them twice.",
    ),
    Paper(
        id="arxiv:2603.00003",
        title=r"On $\sum_{i=1}^{n} \frac{\alpha_i + \beta_i + \gamma_i + \delta_i}{\sqrt{\lambda_1 + \lambda_2 + \lambda_3 + \lambda_4 + \lambda_5}} \le \prod_{j=1}^{m} \exp(\mu_j + \nu_j + \xi_j)$ and its kin",
        authors=(Author("Ben Spinner"),),
        published="2026-03-04",
        categories=("math.CO",),
        abstract="Let $" + " + ".join(f"x_{{{n}}}^{{{n}}}" for n in range(40)) + "$ be long.",
    ),
    Paper(
        id="arxiv:2603.00004",
        title="نول يحصي الخيوط: عن النسيج والأعداد (Loom 2.0)",
        authors=(Author("ليلى النسّاجة"),),
        published="2026-03-04",
        categories=("cs.CL",),
        abstract="نعلّم النول أن يحصي خيوطه. It counts them.",
    ),
    Paper(
        id="arxiv:2603.00005",
        title="A measurement by very many hands",
        authors=tuple(Author(f"Member {n} of the Collaboration") for n in range(3000)),
        published="2026-03-03",
        categories=("hep-ex",),
        abstract="Three thousand people weighed one thread.",
    ),
    Paper(
        id="arxiv:2603.00006",
        published="2026-03-03",
        categories=("cs.CV",),
        withdrawn="The thread was not weighed.",
        truncated=True,
        author_count=13,
        abstract="This abstract ends in the middle of",
    ),
    Paper(
        id="arxiv:2603.00007",
        title="Unbroken" + "word" * 60 + " and_a_path/" + "segment/" * 30,
        authors=(Author("X" * 120),),
        published="2026-03-03",
        abstract="https://loom.example/" + "a" * 300,
    ),
    Paper(
        id="arxiv:2603.00008",
        title='</a><script>document.title="owned"</script> {{ config }} "quoted" & <b>bold</b>',
        authors=(Author("<img src=x onerror=alert(1)>"),),
        published="2026-03-03",
        organisation='"><script>alert(2)</script>',
        abstract="<script>document.title='owned'</script> --8<-- \"mkdocs.yml\"",
    ),
    Paper(id="title:00000000000000bb", title="A paper of no known date", abstract="When?"),
)

PAPERS = tuple(attribute_fields(paper, "arxiv", DAY) for paper in _PAPERS)
