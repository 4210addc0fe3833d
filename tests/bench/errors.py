"""What ends a run."""


class BenchError(Exception):
    """Something went wrong that makes figures worthless: an error in an answer, a visit too few, a server that did not start."""
