"""Membership tiers, memberships, authorizations and the standing they add up to."""
