"""The container stack, tried on a real engine: ``just test-nas``, or ``python -m tests.nas --help``."""
