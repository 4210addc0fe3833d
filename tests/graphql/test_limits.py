"""What a document may ask for at most, and that asking for too much is refused quickly."""

import time

import pytest
from graphql import parse

from backend.errors import LimitExceeded
from backend.graphql import limits
from backend.graphql.documents import parsed


def bomb(levels: int) -> str:
    """Fragments that each spread the next one twice: 2^levels fields when expanded."""
    chain = " ".join(f"fragment f{n} on Client {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels))
    return f"{{ clients {{ edges {{ node {{ ...f0 }} }} }} }} {chain} fragment f{levels} on Client {{ id }}"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{ " + "a { " * 10 + "b" + " }" * 10 + " }", "depth"),
        ("{ x { " + " ".join(f"f{n}" for n in range(300)) + " } }", "fields"),
        ("{ x { " + " ".join(f"a{n}: f" for n in range(16)) + " } }", "aliases"),
        ("{ " + " ".join(f"f{n}" for n in range(11)) + " }", "root fields"),
        ("{ x { f " + "@skip(if: false) " * 51 + "} }", "directives"),
        ("query { ...f } fragment f on Query { ...g } fragment g on Query { ...f }", "spreads itself"),
        ("{ a } fragment f on Query { ...f }", "spreads itself"),
        ("{ ...r } fragment r on Query { " + " ".join(f"f{n}" for n in range(11)) + " }", "root fields"),
        ("{ ... { " + " ".join(f"f{n}" for n in range(11)) + " } }", "root fields"),
    ],
)
def test_each_limit_is_named(text: str, what: str) -> None:
    with pytest.raises(LimitExceeded, match=what):
        limits.check(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "{ " + "a { " * 9 + "b" + " }" * 9 + " }",
        "{ x { " + " ".join(f"f{n}" for n in range(299)) + " } }",
        "{ x { " + " ".join(f"a{n}: f" for n in range(15)) + " } }",
        "{ " + " ".join(f"f{n}" for n in range(10)) + " }",
        "{ x { ...unknown } }",
    ],
)
def test_at_the_limit_is_fine(text: str) -> None:
    limits.check(parse(text))


def test_a_fragment_counts_each_time_it_is_spread() -> None:
    with pytest.raises(LimitExceeded, match="fields"):
        limits.check(parse(bomb(12)))
    limits.check(parse(bomb(5)))


def test_the_work_is_linear_in_the_document() -> None:
    """A bomb of 60 levels expands to 10^18 fields; the pass must not notice."""
    document = parse(bomb(60))
    begun = time.perf_counter()
    with pytest.raises(LimitExceeded):
        limits.check(document)
    assert time.perf_counter() - begun < 2  # expanded, it would take ages


def test_too_many_tokens_are_refused_while_parsing() -> None:
    with pytest.raises(LimitExceeded, match="tokens"):
        parsed("{ " + "f " * 10_000 + "}")


def test_deep_nesting_is_refused_not_a_crash() -> None:
    with pytest.raises(LimitExceeded):
        parsed("{ a" * 900 + " }" * 900)


def test_documents_are_parsed_and_validated_once() -> None:
    from backend.graphql.documents import validated
    from backend.graphql.schema import schema

    text = "{ viewer { user { email } } } # once"
    parsed.cache_clear()
    validated.cache_clear()
    for _ in range(3):
        assert validated(schema._schema, parsed(text)) == ()
    assert (parsed.cache_info().hits, parsed.cache_info().misses) == (2, 1)
    assert (validated.cache_info().hits, validated.cache_info().misses) == (2, 1)
