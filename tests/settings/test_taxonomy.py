"""Topics: where they start, what topics.yml makes of them, and what a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.topics import TopicClassifier
from paper_digest.model.arxiv_categories import (
    CATEGORIES,
    CATEGORY_PATTERNS,
    FORMER_CATEGORIES,
    similar_categories,
)
from paper_digest.model.errors import ConfigError
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic
from paper_digest.settings.config import load_config
from paper_digest.settings.taxonomy import default_topics

DEFAULT = tuple(msgspec.convert(default_topics().value, tuple[Topic, ...]))

#: Settings with a small tree of their own.
ANIMALS = """title: A
topics:
  - {name: animals, title: Animals, words: [animal, fur]}
  - {name: zebras, title: Zebras, words: [zebra, stripe], parent: animals}
  - {name: horses, title: Horses, categories: [q-bio.PE, "math.*"], parent: animals}
  - {name: stones, title: Stones, words: [stone]}
"""


def load(place: Path, settings: str = ANIMALS, changes: str = "") -> dict[str, Topic]:
    """Load the topics of a project, by name."""
    (place / "archive.yml").write_text(settings, "utf-8")
    (place / "topics.yml").write_text(changes, "utf-8")
    return {topic.name: topic for topic in load_config(place).topics}


@pytest.mark.parametrize("setting", ["", "topics: default\n"])
def test_the_default_taxonomy_comes_with_the_package(tmp_path: Path, setting: str) -> None:
    topics = load(tmp_path, f"title: A\n{setting}")
    assert tuple(topics.values()) == DEFAULT
    assert len(topics) > 40


def test_the_default_taxonomy_takes_every_category_of_today() -> None:
    """Every category leads to a topic: a paper that no word describes is listed all the same."""
    classifier = TopicClassifier(DEFAULT)
    lost = {
        category
        for category in CATEGORIES - FORMER_CATEGORIES
        if not classifier.classify(Paper(id="arxiv:2511.00001", categories=(category,)))
    }
    assert lost == set()


#: Words that one field uses for its subject and others for something else, the topic, and a title of the others.
AMBIGUOUS_WORDS = {
    "cache": ("efficient-inference", "How crawlers of search engines fill a cache"),
    "chemical": ("molecules-materials", "Chemical abundances in the arms of a spiral galaxy"),
    "curvature": ("geometry-topology", "The curvature of a loss surface and what it foretells"),
    "diagnosis": ("medicine", "Diagnosis of faults in gearboxes from vibration"),
    "driving": ("autonomous-driving", "Backward equations without a driving martingale"),
    "Lyapunov": ("robotics", "A Lyapunov inequality for the one-dimensional p-Laplacian"),
    "manifold": ("geometry-topology", "On-manifold integration of inertial readings"),
    "misalignment": ("alignment-safety", "Pose misalignment in animated faces"),
    "molecular": ("molecules-materials", "Molecular clouds near the centre of the galaxy"),
    "physics": ("physics", "Physics of meaning: how signs refer"),
    "programming": ("code-generation", "Linear programming with few constraints"),
    "regulation": ("people-society", "A network of channel regulation for segmentation"),
    "sound": ("speech-audio", "Sound and complete rules for a logic of programs"),
    "species": ("life-sciences", "Two species in a parabolic system with blow-up"),
    "stock": ("economics-finance", "Taking stock of ten years of spin textures"),
    "swarm": ("robotics", "Particle swarm methods for the tuning of motors"),
    "tomography": ("medicine", "Delay tomography of multicast networks"),
    "traffic": ("autonomous-driving", "Grooming of traffic on optical rings"),
    "weather": ("earth-climate", "Detecting cars in adverse weather"),
}


def test_a_word_of_many_senses_is_no_default_word_by_itself() -> None:
    classifier = TopicClassifier(DEFAULT)
    words = {topic.name: topic.words for topic in DEFAULT}
    for word, (topic, title) in AMBIGUOUS_WORDS.items():
        assert word not in words[topic]
        paper = Paper(id="arxiv:2511.00001", title=title)
        assert topic not in {match.topic for match in classifier.classify(paper)}, title


@pytest.mark.parametrize("setting", ["none", "[]"])
def test_one_can_start_from_none(tmp_path: Path, setting: str) -> None:
    settings = f"title: A\ntopics: {setting}\n"
    assert load(tmp_path, settings) == {}
    made = load(tmp_path, settings, "- {name: boats, title: Boats, words: [boat]}\n")
    assert made == {"boats": Topic("boats", "Boats", words=("boat",))}


def test_a_field_given_replaces_and_the_others_stay(tmp_path: Path) -> None:
    before = load(tmp_path)
    after = load(tmp_path, changes="- {name: zebras, title: Striped, words: [zebra]}\n")
    assert after.pop("zebras") == Topic("zebras", "Striped", words=("zebra",), parent="animals")
    assert after == {name: topic for name, topic in before.items() if name != "zebras"}


def test_words_and_categories_are_added_and_dropped(tmp_path: Path) -> None:
    changes = """
- {name: zebras, add_words: [savanna, zebra], drop_words: [stripe]}
- {name: horses, add_categories: [cs.AI], drop_categories: ["math.*"]}
"""
    after = load(tmp_path, changes=changes)
    assert after["zebras"].words == ("zebra", "savanna")
    assert after["horses"].categories == ("q-bio.PE", "cs.AI")


def test_a_topic_is_hidden_with_those_below_it_but_one_that_moves_away(tmp_path: Path) -> None:
    changes = "- {name: animals, hide: true}\n- {name: zebras, parent: ''}\n"
    after = load(tmp_path, changes=changes)
    assert list(after) == ["zebras", "stones"]
    assert after["zebras"].parent == ""


def test_changes_of_the_default_topics(tmp_path: Path) -> None:
    after = load(tmp_path, "title: A\n", "- {name: physics, hide: true}\n")
    gone = {topic.name for topic in DEFAULT if "physics" in {topic.name, topic.parent}}
    assert len(gone) > 1
    assert after.keys() == {topic.name for topic in DEFAULT} - gone


NAMES = ("animals", "zebras", "horses", "stones", "boats")


@given(
    st.lists(
        st.fixed_dictionaries(
            {"name": st.sampled_from(NAMES)},
            optional={
                "title": st.sampled_from(("Boats", "", "x" * 201)),
                "words": st.lists(st.sampled_from(("boat", "x", "zebra"))),
                "parent": st.sampled_from(("", *NAMES)),
                "add_words": st.lists(st.sampled_from(("oar", "fur"))),
                "drop_words": st.lists(st.sampled_from(("fur", "stone"))),
                "hide": st.booleans(),
            },
        ),
        max_size=4,
    )
)
def test_any_changes_give_a_tree_that_works_or_an_error_with_file_line_and_cure(
    tmp_path_factory: pytest.TempPathFactory, changes: list[dict[str, object]]
) -> None:
    place = tmp_path_factory.mktemp("project")
    fault, topics = None, dict[str, Topic]()
    try:
        topics = load(place, changes=yaml.safe_dump(changes))
    except ConfigError as error:
        fault = error
    if fault:
        assert fault.where.startswith((f"{place}/topics.yml:", f"{place}/archive.yml:"))
        assert fault.cure
    assert all(not t.parent or not topics[t.parent].parent for t in topics.values())
    assert not {str(change["name"]) for change in changes if change.get("hide")} & topics.keys()
    TopicClassifier(tuple(topics.values())).classify(Paper(id="arxiv:2511.00001", title="Boat"))


@pytest.mark.parametrize(
    ("changes", "line", "what"),
    [
        ("- {name: zebra, words: [foal]}\n", 1, "no topic 'zebra' to change.*did you mean zebras"),
        ("\n- {name: zebra, hide: true}\n", 2, "no topic 'zebra' to hide.*did you mean zebras"),
        ("- {name: zebras, hide: true, title: Z}\n", 1, "other fields have no effect"),
        ("- {name: zebras}\n- {name: zebras}\n", 2, "topics.yml:1 too.*one entry"),
        ("- {name: zebras, word: [foal]}\n", 1, "unknown key word.*did you mean words"),
        ("- {name: zebras, drop_words: [stripes]}\n", 1, "'stripes' to drop.*mean stripe"),
        ("- {name: zebras, words: [foal], add_words: [x]}\n", 1, "write words alone"),
        ("- name: zebras\n  title: A\n  title: B\n", 3, "title stands here and on line 2"),
        ("- name: animals\n  hide: true\n- name: zebras\n  title: Z\n", 3, "topics.yml:1 hides"),
        ("- name: zebras\n  title:\n", 2, "should be a text"),
        ("zebras: {hide: true}\n", 1, "should be a list"),
        ("- {name: index, title: I, words: [index]}\n", 1, "has this address"),
        ("- {name: boats, title: Boats}\n", 1, "words or categories"),
        ("- {name: zebras, categories: [cs.ai]}\n", 1, "no category 'cs.ai'.*mean cs.AI"),
    ],
)
def test_a_wrong_change_is_told_with_line_and_cure(
    tmp_path: Path, changes: str, line: int, what: str
) -> None:
    with pytest.raises(ConfigError, match=rf"(?s)topics.yml:{line}: .*{what}") as caught:
        load(tmp_path, changes=changes)
    assert caught.value.cure


def test_a_file_that_would_be_passed_over_is_told(tmp_path: Path) -> None:
    load(tmp_path)
    (tmp_path / "topics.yml").rename(tmp_path / "topics.yaml")
    with pytest.raises(ConfigError, match=r"name it topics\.yml"):
        load_config(tmp_path)


@pytest.mark.parametrize(
    ("topic", "line", "cure"),
    [
        ("{name: b, title: B, words: [x1]}\n  - {name: b, title: B, words: [y1]}", 4, "rename"),
        ("{name: b, title: B, words: [x1], parent: c}", 3, "add it"),
        ("{name: b, title: B, words: [x1], parent: b}", 3, "remove its parent"),
        (
            "{name: a, title: A, words: [x1], parent: b}\n  - {name: b, title: B, parent: a}",
            3,
            "two levels",
        ),
        ("{name: Big Name, title: B, words: [x1]}", 3, "a-z"),
        ("{name: '', title: B, words: [x1]}", 3, "a-z"),
        ('{name: "a\\n", title: B, words: [x1]}', 3, "a-z"),
        ("{name: " + 81 * "b" + ", title: B, words: [x1]}", 3, "a-z"),
        ("{name: b, title: '', words: [x1]}", 3, "write one"),
        ('{name: b, title: "two\\nlines", words: [x1]}', 3, "write one"),
        ("{name: b, title: B}", 3, "words or categories"),
        *(
            (f"{{name: b, title: B, words: ['{word}']}}", 3, f"{least} or more")
            for word, least in {"": 2, "x": 2, "C++": 2, "text, image": 2, "*": 3, "ab*": 3}.items()
        ),
        ("{name: b, title: B, words: ['lab* mouse']}", 3, "final *"),
        ("{name: b, title: B, words: [x1], titel: B}", 3, "did you mean title"),
    ],
)
def test_a_wrong_topic_is_told_with_line_and_cure(
    tmp_path: Path, topic: str, line: int, cure: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f"title: A\ntopics:\n  - {topic}\n")
    assert caught.value.where == f"{tmp_path}/archive.yml:{line}"
    assert cure in caught.value.cure


@pytest.mark.parametrize("setting", ["5", "defaults", "{name: a}", "null", "true"])
def test_another_start_is_told(tmp_path: Path, setting: str) -> None:
    with pytest.raises(ConfigError, match=r"archive\.yml:2: topics is neither"):
        load(tmp_path, f"title: A\ntopics: {setting}\n")


def test_categories_are_those_of_arxiv() -> None:
    former = {"cmp-lg", "alg-geom", "chao-dyn", "solv-int", "adap-org", "dg-ga", "q-alg"}
    assert former | {"cs.AI", "math-ph", "astro-ph", "hep-th", "eess.SY"} <= CATEGORIES
    assert {"math.*", "cs.*"} <= CATEGORY_PATTERNS
    assert not {"cs", "math", "cs.ai", "cs.XX", "stat", "hep-th.*"} & (
        CATEGORIES | CATEGORY_PATTERNS
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cs.ai", "cs.AI"),
        ("CS.LG", "cs.LG"),
        ("math", "math.*"),
        ("hep-the", "hep-th"),
        ("quant-phy", "quant-ph"),
        ("cond-mat.softs", "cond-mat.soft"),
        ("HEP-TH", "hep-th"),
    ],
)
def test_a_slip_of_a_category_is_recognised(text: str, meant: str) -> None:
    assert similar_categories(text)[0] == meant


@given(st.text())
def test_any_text_may_be_asked_for_what_it_meant(text: str) -> None:
    assert set(similar_categories(text)) <= CATEGORIES | CATEGORY_PATTERNS
