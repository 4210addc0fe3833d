"""Users, sessions, tokens, passwords and permissions."""
