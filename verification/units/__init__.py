"""Reduction units as their registries number them: serials, blocks of numbers, exports, and what a retirement was for.

Pure Python: no Django, no network, no clock. ``serials`` reads what a person pastes, ``blocks`` is the
arithmetic of number ranges, ``registries`` reads the public exports, ``uses`` says what a unit was retired for.
Whether a unit may count is decided elsewhere, with the rules of a scheme.
"""
