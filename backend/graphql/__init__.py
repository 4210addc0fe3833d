"""The skin: schema, view, context, permissions, limits."""
