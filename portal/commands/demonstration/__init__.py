"""The world of a newcomer, made through the same services as the screens."""
