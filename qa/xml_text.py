"""Text as XML 1.0, and so a workbook or a Word document, can hold it."""

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return `text` with a replacement character for each one that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)
