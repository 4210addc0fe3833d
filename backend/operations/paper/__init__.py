"""The paper roster: who may come and who came lately, encrypted, in one file that is written anew every hour.

It is for when nothing works: staff print it, write times beside names, and key them in later. `people` says who is on it, `writing`
puts the file in its place, `hourly` does so every hour, `command` at once.
"""

from backend.operations.paper.errors import PaperFailed
from backend.operations.paper.writing import Written, path_of, write

__all__ = ["PaperFailed", "Written", "path_of", "write"]
