"""The claimant's side of the procedure, alike for every kind of claim: questions, hearing, decision, appeal."""
