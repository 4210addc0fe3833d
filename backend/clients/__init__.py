"""Clients, their contact methods, consents, tags and notes."""
