"""The rules of the schema: the product's own keeps them, and a schema that breaks one is told which."""

import pytest
from graphql import build_schema

from backend.graphql.enum_words import WORDS
from backend.graphql.lint import EXCEPTIONS, findings
from backend.graphql.schema import schema

GOOD = """
"A node." interface Node { "Opaque." id: ID! }
"An expected failure." interface Problem { "Stable." code: String! }
"A page." type PageInfo {
  "More?" hasNextPage: Boolean! "Before?" hasPreviousPage: Boolean! "First." startCursor: String "Last." endCursor: String }
"A thing." type Thing implements Node { "Opaque." id: ID! "Its kind." kind: Kind! }
"Kinds." enum Kind { "The one." ONE }
"An edge." type ThingEdge { "Cursor." cursor: String! "Thing." node: Thing! }
"Things." type ThingConnection { "Edges." edges: [ThingEdge!]! "Page." pageInfo: PageInfo! "All." totalCount: Int! }
"No such thing." type NotFound implements Problem { "Stable." code: String! }
"A new thing." input CreateThingInput { "Once." idempotencyKey: ID }
"Made, or not." union CreateThingResult = Thing | NotFound
"What may be asked." type Query { "Things." things("How many." first: Int! = 50, "Where." after: String): ThingConnection! }
"What may be done." type Mutation { "Make one." createThing("What." input: CreateThingInput!): CreateThingResult! }
"""


def test_the_products_schema_keeps_the_rules() -> None:
    assert findings(schema._schema) == []


def test_a_good_schema_is_good() -> None:
    assert findings(build_schema(GOOD)) == []


@pytest.mark.parametrize(
    ("good", "bad", "finding"),
    [
        ('"Its kind." kind', "kind", "Thing.kind: has no description"),
        ('"A thing." type', "type", "Thing: has no description"),
        ('"The one." ONE', "ONE", "Kind.ONE: has no description"),
        ('"The one." ONE', '"The one." one', "Kind.one: is not in capitals"),
        ('"How many." first', "first", "Query.things(first): has no description"),
        ('"Once." idempotencyKey: ID', "idempotencyKey: ID", "CreateThingInput.idempotencyKey: has no description"),
        ('"Its kind." kind', '"Its kind." Kind', "Thing.Kind: is not in camelCase"),
        ('type Thing implements Node', "type Thing", "Thing.id: belongs to a type that is no Node"),
        ('interface Node { "Opaque." id: ID! }', 'interface Node { "Opaque." id: ID }', "Node: is not Relay's Node: id: ID! alone"),
        ('"Opaque." id: ID! "Its', '"Opaque." id: ID! "Other." otherId: Int "Its', "Thing.otherId: is an id, but not opaque"),
        ("[ThingEdge!]!", "[ThingEdge!]", "ThingConnection: needs edges"),
        ("[ThingEdge!]!", "[ThingEdge]!", "ThingConnection.edges: is a list whose items may be null"),
        ('"All." totalCount: Int!', '"All." totalCount: Int', "ThingConnection.totalCount: belongs to no connection"),
        ('"Cursor." cursor: String!', '"Cursor." cursor: ID!', "ThingEdge: needs cursor: String!"),
        ('"Thing." node: Thing!', '"Thing." node: Thing', "ThingEdge: needs cursor: String!"),
        ("hasNextPage: Boolean!", "hasNextPage: Boolean", "PageInfo: is not Relay's page info"),
        (', "Where." after: String', "", "Query.things: is a connection without"),
        ("first: Int! = 50", "first: String", "Query.things: is a connection without"),
        (": ThingConnection! }", ': ThingConnection! "All." all: [Thing!] }', "Query.all: is a list that may be null"),
        (": ThingConnection! }", ': ThingConnection! "All." all("N." first: Int): [Thing!]! }', "Query.all: takes first, but is no conn"),
        ("input: CreateThingInput!", "input: CreateThingInput", "Mutation.createThing: takes an input that is no input object"),
        ("input: CreateThingInput!", 'input: CreateThingInput!, "Too." x: Int', "Mutation.createThing: takes something beside one input"),
        ("): CreateThingResult!", "): Thing!", "Mutation.createThing: does not answer with a union"),
        ("): CreateThingResult!", "): CreateThingResult", "Mutation.createThing: does not answer with a union"),
        ("= Thing | NotFound", "= Thing", "Mutation.createThing: answers without a success or without a problem"),
        ("idempotencyKey", "other", "Mutation.createThing: makes something without an idempotency key"),
    ],
)  # fmt: skip
def test_each_rule_is_told_by_its_place(good: str, bad: str, finding: str) -> None:
    assert good in GOOD
    found = findings(build_schema(GOOD.replace(good, bad)))
    assert [line for line in found if line.startswith(finding)], found


def test_a_union_has_the_name_of_its_mutation() -> None:
    found = findings(build_schema(GOOD.replace("CreateThingResult", "Answer")))
    assert found == ["Mutation.createThing: answers with Answer, which is not called …Result"]


def test_every_exception_is_still_one() -> None:
    places = {
        f"{name}.{field}" for name, kind in schema._schema.type_map.items() for field in getattr(kind, "fields", {})
    }  # fmt: skip
    assert EXCEPTIONS.keys() <= places


def test_the_words_of_enums_are_of_values_that_exist() -> None:
    values = {name: set(getattr(schema._schema.type_map.get(name), "values", {})) for name in WORDS}
    assert {name: set(words) - values[name] for name, words in WORDS.items() if set(words) - values[name]} == {}
