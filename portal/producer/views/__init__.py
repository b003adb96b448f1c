"""One module per subject of the producer's work; each view asks, translates and shows, nothing more."""
