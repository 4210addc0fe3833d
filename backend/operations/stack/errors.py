"""What can go wrong while the stack starts, said in one sentence for the person at the terminal."""


class StackError(Exception):
    """A service can't start or stop; the text says what happened and what to do, without a traceback."""
