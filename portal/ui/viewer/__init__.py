"""Evidence shown inside a page without any of its own content running there.

A file is drawn in a child process with limits: pages and pictures become new pictures, workbooks and texts become
plain words. ``shown`` is what a view calls, ``pictures`` what the address of a picture answers with.
"""
