"""What the checks look at, filled from a claim of each kind."""
