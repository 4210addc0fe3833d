"""Measures the product against the least that the same work can cost, as ratios within one run: ``just bench``."""
