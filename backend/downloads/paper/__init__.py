"""Printed papers: what becomes a PDF, and the process of its own that draws it."""
