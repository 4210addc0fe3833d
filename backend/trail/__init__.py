"""The audit log as people and programs read it, and the work that keeps its chain: sealed every minute, verified every night.

What is recorded, and how the chain is made, is `backend.audit`'s, which every feature stands on; this stands above them.
"""
