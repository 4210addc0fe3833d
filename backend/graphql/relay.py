"""The interface of everything that has an id."""

import strawberry


@strawberry.interface(description="Something with an id that is unique over all types.")
class Node:
    """Relay's Node, with the id as a plain attribute: a resolver for each id costs more than the row."""

    id: strawberry.ID = strawberry.field(description="Opaque; keep it as it is.")
