"""Writes of this room: approval with its effects, issue, revocation."""
