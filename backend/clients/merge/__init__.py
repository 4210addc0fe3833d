"""Making one client of two or more who are the same person, with a way back for 30 days.

Nothing is deleted. What the others have moves to the client who is kept; what the kept one has already, equal, stays with the former
client, who is archived and says into whom they were merged, so that an old card still finds the right person.
"""
