"""The producer's pages about a carbon price that was paid: forms, sections, how far a claim is."""
