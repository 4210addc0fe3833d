"""Erasing a person on file: a privacy request, carried out at once and for good.

What goes: names, date of birth, guardian, coordinator, member code, preferred name, language and comfort settings, contact methods,
consents, notes, tags, messages, links to the gaming platform, import marks, possible duplicates, every free text on visits, memberships
and authorizations, marks of changes to many, the values in the audit log, what a merge kept for its way back, what somebody searched
for and saved, and what the schema ``legacy`` still has of the person. Who was merged into them is the same person, and goes with them.

What stays, because the regional centre pays by it and the law wants five years of it (California Code of Regulations, title 17,
§§ 50604, 50612): the visits, the memberships' periods, and the authorizations with their own numbers, periods and units, under the
pseudonym "Erased client 57". The authorization's number and the vendor's say which purchase a unit belongs to; the UCI number says
who the person is, so it goes, and so does the coordinator's name.

Backups that were made before still hold the person until they are removed by age; restoring one carries the erasure out again.
"""

from backend.clients.erasure.journal import JOURNAL
from backend.clients.erasure.service import ErasureReason, erase, erase_on_request

__all__ = ["JOURNAL", "ErasureReason", "erase", "erase_on_request"]
