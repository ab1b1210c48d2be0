"""How much is read of one file, and how far a compressed one may expand."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

from ingest.errors import DocumentError

# Bytes. The longest reports have a few megabytes, with pictures some tens of them.
LARGEST_FILE = 100 * 2**20
# Bytes, of everything packed in one file together. Office documents expand about tenfold; what
# expands further than this is made to fill the memory.
LARGEST_EXPANSION = 256 * 2**20
_CHUNK = 2**20
# What the standard library raises on damaged archives, besides what is meant for it.
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)


def read_file(path: Path) -> bytes:
    """Return the file's bytes.

    Raises:
        DocumentError: it is missing, a folder, cannot be read, or is longer than `LARGEST_FILE`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except IsADirectoryError as error:
        raise DocumentError("found a folder, expected a file; name a file in it") from error
    except OSError as error:
        raise DocumentError(
            f"it cannot be read ({error.strerror}), expected a file; check the name"
        ) from error
    if len(data) > LARGEST_FILE:
        raise DocumentError(
            f"found more than {LARGEST_FILE // 2**20} MiB, expected a report of fewer; split it"
        )
    return data


def expand_gzip(data: bytes) -> bytes:
    """Return what the gzip file `data` holds.

    Raises:
        DocumentError: it is no complete gzip file, or holds more than `LARGEST_EXPANSION` bytes.
    """
    expanded = bytearray()
    rest = data
    try:
        # One file can hold several gzip streams, one behind the other.
        while rest:
            stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
            expanded += stream.decompress(rest, LARGEST_EXPANSION + 1 - len(expanded))
            _check_expansion(len(expanded))
            if not stream.eof:
                raise zlib.error("its end is missing")
            rest = stream.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise DocumentError(
            "found no complete gzip file, expected one because of its suffix; pack it again"
        ) from error
    return bytes(expanded)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Return the zip archive `data`, nothing of it expanded yet.

    Raises:
        DocumentError: it is damaged or incomplete, holds two files of one name, or says itself
            that it expands to more than `LARGEST_EXPANSION` bytes.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _ZIP_ERRORS as error:
        raise _damaged() from error
    infos = archive.infolist()
    if len({info.filename for info in infos}) < len(infos):
        raise _damaged()
    _check_expansion(sum(info.file_size for info in infos))
    return archive


def expand_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one file of a zip archive.

    Raises:
        KeyError: the archive has no such file.
        DocumentError: it is damaged or encrypted, or longer than `LARGEST_EXPANSION`, whatever
            it says itself.
    """
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise DocumentError(
            f"found {name} encrypted, expected it readable; save the file without password"
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _damaged()
    expanded = bytearray()
    try:
        with archive.open(info) as part:
            while chunk := part.read(_CHUNK):
                expanded += chunk
                _check_expansion(len(expanded))
    except _ZIP_ERRORS as error:
        raise _damaged() from error
    return bytes(expanded)


def _check_expansion(length: int) -> None:
    if length > LARGEST_EXPANSION:
        raise DocumentError(
            f"found more than {LARGEST_EXPANSION // 2**20} MiB packed in it, expected fewer; "
            "unpack and split it"
        )


def _damaged() -> DocumentError:
    return DocumentError(
        "found a damaged or incomplete zip archive, expected a whole one; get the file again"
    )
