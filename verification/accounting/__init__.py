"""From what an installation measured to the emissions embedded in a tonne of its goods.

Pure Python: no Django, no network, no clock. ``model`` is the typed content of a report,
``streams``, ``attribution`` and ``embedded`` hold the formulas of Implementing Regulation (EU)
2025/2547, ``calculation`` runs them over a report, ``template`` reads and writes the
Commission's communication workbook.
"""
