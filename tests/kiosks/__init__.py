"""Tests of kiosks: pairing, looking up, pressing, what waits for staff."""
