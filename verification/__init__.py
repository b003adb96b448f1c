"""The domain: the law and the records. No HTTP, no pages, no forms."""
