"""Documents that nobody sends who means well, each with the limit that refuses it. The bench measures the same ones."""


def bomb(levels: int, kind: str = "Client", leaf: str = "id") -> str:
    """Fragments that each spread the next one twice: 2^levels fields when expanded."""
    chain = " ".join(f"fragment f{n} on {kind} {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels))
    return f"{{ clients {{ edges {{ node {{ ...f0 }} }} }} }} {chain} fragment f{levels} on {kind} {{ {leaf} }}"


def small_bomb() -> str:
    """A bomb of 758 bytes: 2^21 fields."""
    levels = 21
    chain = "".join(f"fragment {_name(n)} on Query{{...{_name(n + 1)} ...{_name(n + 1)}}}" for n in range(levels))
    text = f"{{...{_name(0)}}}{chain}fragment {_name(levels)} on Query{{__typename}}"
    return text + " " * (758 - len(text))


def _name(number: int) -> str:
    return chr(ord("a") + number)


_PAGES = """{ clients(first: 100) { edges { node { checkIns(first: 100) { edges { node { client {
  checkIns(first: 100) { edges { cursor } } } } } } } } } }"""
DOCUMENTS = {
    "fragment bomb of 758 bytes": (small_bomb(), "fields"),
    "fragment bomb of 60 levels": (bomb(60), "fields"),
    "10,000 fields": ("{ clients { edges { node { " + "id " * 10_000 + "} } } }", "tokens"),
    "10,000 fields by fragments": (
        "{ clients { edges { node { " + "...f " * 100 + "} } } } fragment f on Client { " + "id " * 100 + "}",
        "fields",
    ),
    "1,000 directives": ("{ centre { name " + "@skip(if: false) " * 1000 + "} }", "tokens"),
    "900 short directives": ("{ centre { name " + "@a " * 900 + "} }", "directives"),
    "100 aliases": ("{ centre { " + " ".join(f"a{n}: name" for n in range(100)) + " } }", "aliases"),
    "100 aliased root fields": ("{ " + " ".join(f"a{n}: centre {{ name }}" for n in range(100)) + " }", "aliases"),
    "11 root fields": ("{ " + "centre { name } " * 11 + "}", "root fields"),
    "nesting of 900 levels": ("{ a" * 900 + " }" * 900, "depth"),
    "fragments in a circle": ("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", "depth"),
    "pages in pages": (_PAGES, "cost"),
}
"""By name: the document, and the limit that it meets."""
