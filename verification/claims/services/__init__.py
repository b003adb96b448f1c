"""Writes of this room, one module per party; see ``transitions.move`` for the one writer of state."""
