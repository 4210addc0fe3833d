"""Tests of the processes, bootstrap and what an operator runs."""
