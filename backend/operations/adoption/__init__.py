"""The predecessor's data, brought over: every row is copied, joined with another, or kept aside with a reason.

`shapes` recognises the predecessor's tables; `staging` brings them from elsewhere into the schema ``legacy``; `copying` takes what lies
there into our tables, part by part (`parts/`), by set-based SQL in one transaction; `report` is what came of it; `command` runs it all.
"""

from backend.operations.adoption.copying import copy, pending
from backend.operations.adoption.report import Report
from backend.operations.adoption.shapes import Shape, recognise

__all__ = ["Report", "Shape", "copy", "pending", "recognise"]
