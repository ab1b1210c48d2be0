"""Whether the bytes of a PDF file are all there.

Programs that show PDF files mend what is broken and leave out what they cannot read, in silence.
A report is read whole or not at all, so damage has to be seen first.
"""

import base64
import re
import zlib
from collections.abc import Sequence

from ingest.limits import Limits, check_unpacked

# PDF 32000-1, 7.5.5: the end-of-file mark stands in the last 1024 bytes.
_TAIL_LENGTH = 1024
# An end that comes before the next beginning is that of a stream whose beginning is lost.
_STREAM = re.compile(rb"(?P<end>endstream\b)|(?<=>>)\s*stream(?:\r?\n|\r)")
_OBJECT = re.compile(rb"\d+ \d+ obj\b")
_LENGTH = re.compile(rb"/Length\s+(?P<length>\d+)(?!\s+\d+\s+R)\b")
_STREAM_END = re.compile(rb"\s*endstream\b")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_NAME = re.compile(rb"/(\w+)")
# PDF 32000-1, 7.4 and table 94.
_FILTERS = set(
    b"ASCIIHexDecode ASCII85Decode LZWDecode FlateDecode RunLengthDecode CCITTFaxDecode "
    b"JBIG2Decode DCTDecode JPXDecode Crypt AHx A85 LZW Fl RL CCF DCT".split()
)
_DEFLATED = (b"FlateDecode", b"Fl")
_IN_85_DIGITS = (b"ASCII85Decode", b"A85")
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R\b|<<)")
# PDF 32000-1, 7.5.4: sections of `first count` and so many entries `place generation use`.
_TABLE = re.compile(rb"(?<!start)xref\s+(?=\d+ \d+\s)")
_SECTION = re.compile(rb"(?P<first>\d+) (?P<count>\d+)\s+")
_ENTRY = re.compile(rb"(?P<place>\d{10}) \d{5} (?P<use>[nf])\s+")
_OBJECT_AT = re.compile(rb"\s*(?P<number>\d+) \d+ obj\b")
# Bytes that a failed copy leaves behind; single ones stand in texts of two bytes a character, and
# more in fonts and colour profiles.
_HOLE = re.compile(rb"\0{4}|\xff{4}")
_NO_TEXT = re.compile(rb"[^\t\n\f\r -~]")
_MOST_OF_NO_TEXT = 0.5
# Inflated at a time, so that a bomb takes no memory.
_MOST_INFLATED = 1 << 20


def is_complete(data: bytes) -> bool:
    """Say whether the file ends with its end-of-file mark."""
    return b"%%EOF" in data[-_TAIL_LENGTH:]


def has_broken_stream(data: bytes, *, limits: Limits) -> bool:
    """Say whether a stream has lost its dictionary, its end or bytes, or cannot be unpacked.

    One that can, although its dictionary does not say so, has lost a part of that. Images are not
    unpacked, and nothing is in encrypted files.

    Raises:
        DocumentError: all streams together expand too far.
    """
    if _ENCRYPTED.search(data):
        return False
    position = length = 0
    while found := _STREAM.search(data, position):
        between = data[position : found.start()]
        heads = list(_OBJECT.finditer(between))
        if found["end"] or not heads or _HOLE.search(between):
            return True
        head = between[heads[-1].end() :].strip()
        if not head.startswith(b"<<") or b"endobj" in head:
            return True
        packed = _FILTER.search(head)
        filters = [] if packed is None else _NAME.findall(packed.group(1))
        if not set(filters) <= _FILTERS:
            return True
        said = _LENGTH.search(head)
        # A length that is an object of its own is not followed; nothing but the end is sought.
        start = found.end()
        end = start + int(said["length"]) if said else data.find(b"endstream", start)
        closing = _STREAM_END.match(data, end) if end >= 0 else None
        if closing is None:
            return True
        stream = data[start:end]
        if not filters and (_has_hole(stream) or _inflated(stream, limits=limits) is not None):
            return True
        if b"/Image" not in head:
            unpacked = _unpacked_length(stream, filters, limits=limits)
            if unpacked is None:
                return True
            length += unpacked
            check_unpacked(length, limits=limits)
        position = closing.end()
    return False


def _has_hole(stream: bytes) -> bool:
    """Say whether bytes are lost in a stream that is not packed and holds text or drawing."""
    rest, count = _HOLE.subn(b"", stream)
    return count > 0 and len(_NO_TEXT.findall(rest)) < _MOST_OF_NO_TEXT * len(rest)


def has_broken_table(data: bytes) -> bool:
    """Say whether a cross-reference table is cut or names a place where its object is not.

    Tables that are packed as streams are checked with these.
    """
    header = max(0, data.find(b"%PDF-"))
    for table in _TABLE.finditer(data):
        position = table.end()
        while section := _SECTION.match(data, position):
            position = section.end()
            first = int(section["first"])
            for number in range(first, first + int(section["count"])):
                entry = _ENTRY.match(data, position)
                if entry is None:
                    return True
                position = entry.end()
                place = header + int(entry["place"])
                # Place 0 is that of objects which a careless program has left out.
                if entry["use"] == b"n" and place > header:
                    found = _OBJECT_AT.match(data, place)
                    if found is None or int(found["number"]) != number:
                        return True
    return False


def _unpacked_length(stream: bytes, filters: Sequence[bytes], *, limits: Limits) -> int | None:
    """Return how many bytes the stream makes on its way through its filters, None if it is broken.

    What other filters than the usual ones make is not counted.
    """
    length = 0
    for name in filters:
        if name in _IN_85_DIGITS:
            try:
                unpacked = base64.a85decode(stream.rstrip().removesuffix(b"~>"))
            except ValueError:
                return None
        elif name in _DEFLATED:
            inflated = _inflated(stream, limits=limits)
            if inflated is None:
                return None
            unpacked = inflated
        else:
            break
        stream = unpacked
        length += len(stream)
    return length


def _inflated(stream: bytes, *, limits: Limits) -> bytes | None:
    """Return deflated data inflated; None where they have no end or fail their checksum.

    Raises:
        DocumentError: they expand too far.
    """
    inflater = zlib.decompressobj()
    inflated = bytearray()
    try:
        pending = stream
        while not inflater.eof:
            piece = inflater.decompress(pending, _MOST_INFLATED)
            pending = inflater.unconsumed_tail
            if not piece and not pending and not inflater.eof:
                return None
            inflated += piece
            check_unpacked(len(inflated), limits=limits)
    except zlib.error:
        return None
    return bytes(inflated)
