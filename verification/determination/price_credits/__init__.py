"""Credits for carbon prices paid abroad: put into force, replaced and ended. Reading them stands in ``selectors``."""
