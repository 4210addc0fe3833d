"""Changing many clients at once: counted first, settled when it begins, done by the worker in steps, taken back as a whole."""
