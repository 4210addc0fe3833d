"""Paired devices at the door: looking up, checking in with and without a network, and what is left for staff to decide."""
