"""One small reader for each format: bytes become an `ingest.report.Source`.

A reader takes the whole file and returns all of it, or raises `DocumentError`; whoever knows the
file's name puts it in front of the message. It says of each line what its format knows for
certain, a heading's level or a footnote's mark, and leaves the rest to `ingest.structure`.
"""
