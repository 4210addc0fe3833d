"""The fonts of the printed papers, made from the one of the pages."""
