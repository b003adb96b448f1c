"""Ratios measured in one run on one machine: the portal beside the floor or the peer that does the same work."""
