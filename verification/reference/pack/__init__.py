"""Reading a scheme pack from a folder: everything wrong with it is found before anything is written."""

from verification.reference.pack.reading import PackContent, TableContent, read_pack

__all__ = ["PackContent", "TableContent", "read_pack"]
