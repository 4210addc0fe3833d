"""Changing what is known about clients, one module for each kind of thing.

Every function takes a `UnitOfWork`, checks all rules before it changes anything, and records one audit entry for each thing that it
changed, with only the columns that changed. Entries that grow a row's version are what `versions` tells the loser of a race from.
"""
