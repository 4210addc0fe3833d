"""The checklist of the operator, done by a program: what is well, what is not, and what to do about it.

`catalogue` lists what is looked at, `case` what there is to look at, `checks` runs it all at once; each other module looks at one
part and returns lines. Nothing is started, repaired or deleted. What it makes to try things out, a session of one minute and a
piece of work that does nothing, it ends and removes at once.
"""
