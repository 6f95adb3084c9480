"""What the site serves of a script: its code, without what only its authors read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.search.bundle import page_scripts, slim_script, worker_scripts

#: Code that is no comment, however much it looks like one.
CODE = st.sampled_from(
    (
        "const a = 1;",
        'const url = "https://x.org";',
        'const sign = " // no comment";',
        "const sign = ` // none`;",
        'const word = "it\'s; // none";',
        "call(a, b);",
        "const half = 1 / 2;",
        "const list = [1, 2];",
        "if (a) {",
    )
)
COMMENT = st.text("ab' .,:;(){}/", max_size=20).map(lambda text: f" // {text}x")
PLAIN_COMMENT = COMMENT.filter(lambda text: "'" not in text)


@given(st.lists(st.tuples(CODE, st.one_of(st.just(""), PLAIN_COMMENT))))
def test_a_comment_behind_code_goes_and_the_code_stays(lines: list[tuple[str, str]]) -> None:
    source = "".join(f"  {code}{comment}\n" for code, comment in lines)
    assert slim_script(source) == "".join(f"{code}\n" for code, _ in lines)


@given(CODE, COMMENT)
def test_no_comment_takes_code_with_it(code: str, comment: str) -> None:
    assert slim_script(f"{code}{comment}\n").startswith(code)


def test_the_scripts_of_search_are_served_without_comments() -> None:
    scripts = {**worker_scripts(), **page_scripts()}
    assert [
        line for text in scripts.values() for line in text.decode().split("\n") if " // " in line
    ] == []
