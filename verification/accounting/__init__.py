"""From what an installation measured to the emissions embedded in a tonne of its goods.

Pure Python: no Django, no network, no clock. ``model`` is the typed content of a report, ``calculation``
runs the formulas of Implementing Regulation (EU) 2025/2547 over it: ``totals`` and ``streams`` (the
installation's emissions), ``shares``, ``heat``, ``cogeneration``, ``supply``, ``reconciliation`` and
``attribution`` (what each process has of them), ``precursors``, ``specific`` and ``embedded`` (what its
goods carry), ``goods`` (by composition), ``balances``. What a scheme decides comes in as ``rules``.
``template`` reads and writes the Commission's communication workbook.
"""
