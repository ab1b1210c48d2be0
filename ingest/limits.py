"""How much is read of one file, and how far a compressed one may expand."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import DocumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of one file is read; whole numbers above 0.

    Attributes:
        file_mib: mebibytes of the file. The longest reports have a few, with pictures some tens.
        expanded_mib: mebibytes of everything packed in it together. Office documents expand about
            tenfold; what expands much further is made to fill the memory.
        pages: of a PDF file. Far above any report, far below what would take the machine down.
        seconds_per_file: from opening the file to its paragraphs.
    """

    file_mib: int = 100
    expanded_mib: int = 256
    pages: int = 3000
    seconds_per_file: int = 300


DEFAULT_LIMITS = Limits()
_MIB = 2**20
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


def read_file(path: Path, *, limits: Limits) -> bytes:
    """Return the file's bytes.

    Raises:
        DocumentError: it is missing, a folder, cannot be read, or is longer than the limit.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_mib * _MIB + 1)
    except IsADirectoryError as error:
        raise DocumentError("found a folder, expected a file; name a file in it") from error
    except OSError as error:
        raise DocumentError(
            f"it cannot be read ({error.strerror}), expected a file; check the name"
        ) from error
    if len(data) > limits.file_mib * _MIB:
        raise DocumentError(
            f"found more than {limits.file_mib} MiB, expected a report of fewer; split it or set a "
            "higher limit"
        )
    return data


def expand_gzip(data: bytes, *, limits: Limits) -> bytes:
    """Return what the gzip file `data` holds.

    Raises:
        DocumentError: it is no complete gzip file, or holds more than the limit.
    """
    largest = limits.expanded_mib * _MIB
    expanded = bytearray()
    rest = data
    try:
        # One file can hold several gzip streams, one behind the other.
        while rest:
            stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
            expanded += stream.decompress(rest, largest + 1 - len(expanded))
            check_unpacked(len(expanded), limits=limits)
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
        DocumentError: it is damaged or incomplete, or holds two files of one name.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _ZIP_ERRORS as error:
        raise _damaged() from error
    names = archive.namelist()
    if len(set(names)) < len(names):
        raise _damaged()
    return archive


def check_expansion(archive: zipfile.ZipFile, *, limits: Limits) -> None:
    """Refuse an archive that says itself that it expands too far.

    Raises:
        DocumentError: it is longer than the limit.
    """
    check_unpacked(sum(one.file_size for one in archive.infolist()), limits=limits)


def expand_part(archive: zipfile.ZipFile, name: str, *, limits: Limits) -> bytes:
    """Return one file of a zip archive.

    Raises:
        KeyError: the archive has no such file.
        DocumentError: it is damaged or encrypted, or longer than the limit, whatever it says
            itself; or all files of the archive together say that they are.
    """
    check_expansion(archive, limits=limits)
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
            while chunk := part.read(_MIB):
                expanded += chunk
                check_unpacked(len(expanded), limits=limits)
    except _ZIP_ERRORS as error:
        raise _damaged() from error
    return bytes(expanded)


def check_unpacked(length: int, *, limits: Limits) -> None:
    """Refuse what expands too far.

    Args:
        length: bytes of everything packed in a file, or of so much of it as is expanded.
        limits: how many there may be.

    Raises:
        DocumentError: there are more.
    """
    if length > limits.expanded_mib * _MIB:
        raise DocumentError(
            f"found more than {limits.expanded_mib} MiB packed in it, expected fewer; unpack and "
            "split it or set a higher limit"
        )


def _damaged() -> DocumentError:
    return DocumentError(
        "found a damaged or incomplete zip archive, expected a whole one; get the file again"
    )
