"""The reports of Implementing Regulation (EU) 2025/2547, Annex IV, as plain values. Pure: no Django.

``full.operator_report`` (1.1, 35 items), ``summary.summary_report`` (1.2, 16 items) and
``addendum.electricity_addendum`` (1.1.1) build a ``shape.Document`` from a ``source.Source``. Every item
is given, says what is missing and where to give it, or says why it does not apply: nothing is left out.
"""
