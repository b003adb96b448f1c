"""Files of unknown origin turned into new pictures and plain words, by a child process that knows no Django."""
