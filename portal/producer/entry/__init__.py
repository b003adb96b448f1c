"""Filling in a claim page by page, without a workbook."""
