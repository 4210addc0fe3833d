"""Files over HTTP, beside GraphQL: exports, a person's data, cards, certificates."""
