"""Shared building blocks without Django: spans, quantities, identifiers, canonical JSON, errors, clock."""
