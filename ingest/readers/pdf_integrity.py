"""Whether the bytes of a PDF file are all there.

Programs that show PDF files mend what is broken and leave out what they cannot read, in silence.
A report is read whole or not at all, so damage has to be seen first.
"""

import re
import zlib

# PDF 32000-1, 7.5.5: the end-of-file mark stands in the last 1024 bytes.
_TAIL_LENGTH = 1024
_STREAM = re.compile(rb"(?P<end>end)?stream\b")
_OBJECT = re.compile(rb"\d+ \d+ obj\b")
_DEFLATED = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\b")
# Bytes that a failed copy leaves behind; single ones stand in texts of two bytes a character.
_HOLE = bytes(4)
_PIECE_LENGTH = 1 << 16
# Inflated at a time, so that a bomb takes no memory.
_MOST_INFLATED = 1 << 20


def is_complete(data: bytes) -> bool:
    """Say whether the file ends with its end-of-file mark."""
    return b"%%EOF" in data[-_TAIL_LENGTH:]


def has_broken_stream(data: bytes) -> bool:
    """Say whether a stream has lost its dictionary or its end, or does not inflate as packed.

    Images are not inflated. Not for encrypted files, whose streams say nothing.
    """
    position = 0
    while found := _STREAM.search(data, position):
        between = data[position : found.start()]
        heads = list(_OBJECT.finditer(between))
        if found["end"] or not heads or _HOLE in between:
            return True
        head = between[heads[-1].end() :].strip()
        if not head.startswith(b"<<") or not head.endswith(b">>") or b"endobj" in head:
            return True
        # The line break behind the word is one or two characters.
        start = found.end() + (2 if data[found.end() : found.end() + 2] == b"\r\n" else 1)
        if _DEFLATED.search(head) and b"/Image" not in head:
            packed_length = _packed_length(data, start)
            if packed_length is None:
                return True
            start += packed_length
        end = data.find(b"endstream", start)
        if end < 0:
            return True
        position = end + len(b"endstream")
    return False


def _packed_length(data: bytes, start: int) -> int | None:
    """Return how many bytes the deflated data at `start` take; None where they are broken."""
    inflater = zlib.decompressobj()
    position, pending = start, b""
    try:
        while not inflater.eof:
            if not pending:
                pending = data[position : position + _PIECE_LENGTH]
                position += len(pending)
                if not pending:
                    return None
            inflater.decompress(pending, _MOST_INFLATED)
            pending = inflater.unconsumed_tail
    except zlib.error:
        return None
    return position - len(inflater.unused_data) - start
