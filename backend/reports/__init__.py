"""Figures: what happened, by day and hour."""
