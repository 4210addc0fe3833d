"""Check-ins, the stations where they happen and the policy that decides."""
