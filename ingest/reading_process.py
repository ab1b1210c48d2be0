"""Files are read in processes of their own, which are stopped when one takes too long.

What a damaged or hostile file can do happens there: whatever goes wrong, even inside a library
that is not written in Python, is an error of that file and leaves the program as it was.
"""

import contextlib
import multiprocessing
import signal
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.errors import DocumentError, ReportQAError
from ingest.limits import Limits
from ingest.read import read_reports
from ingest.report import Report

# Processes that wait for their next file.
_idle: list["_ReadingProcess"] = []


def read_reports_apart(path: Path, *, limits: Limits, options: dict[str, str]) -> list[Report]:
    """Return what `read_reports` does, within ``limits.seconds_per_file``.

    Args:
        path: the file.
        limits: how much of it is read, and for how long.
        options: the other arguments of `read_reports`.

    Raises:
        DocumentError: as `read_reports`, or the file took too long or could not be read at all.
    """
    process = _waiting_process()
    try:
        result = process.read(_Request(path=path.absolute(), limits=limits, options=options))
    except BaseException:
        process.stop()
        raise
    _idle.append(process)
    if isinstance(result, ReportQAError):
        raise result
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    path: Path
    limits: Limits
    options: dict[str, str]


def _waiting_process() -> "_ReadingProcess":
    while _idle:
        with contextlib.suppress(IndexError):  # another thread can have taken the last one
            process = _idle.pop()
            if process.is_alive():
                return process
    return _ReadingProcess()


class _ReadingProcess:
    """A process that reads one file after the other."""

    def __init__(self) -> None:
        # Not forked: threads may run here, and what they hold would stay held there for ever.
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._connection.recv()  # it has started: the time of a file counts from now

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def read(self, request: _Request) -> list[Report] | ReportQAError:
        self._connection.send(request)
        seconds = request.limits.seconds_per_file
        if not self._connection.poll(seconds):
            raise DocumentError(
                f"{_name(request)}: found more than could be read in {seconds} seconds, expected "
                "a report; split the file or set a higher limit"
            )
        try:
            result: list[Report] | ReportQAError = self._connection.recv()
        except (EOFError, OSError) as error:
            raise DocumentError(
                f"{_name(request)}: reading it broke off, perhaps for want of memory, expected a "
                "report; check the file"
            ) from error
        return result

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


def _serve(connection: "Connection[object, object]") -> None:
    """Read the files that are asked for until the other side has gone."""
    # An interruption is for the program; this process ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, OSError):
        connection.send(None)
        while True:
            request = connection.recv()
            assert isinstance(request, _Request)
            connection.send(_result(request))


def _result(request: _Request) -> list[Report] | ReportQAError:
    try:
        return read_reports(request.path, limits=request.limits, **request.options)
    except ReportQAError as error:
        return error
    except Exception as error:
        refused = DocumentError(
            f"{_name(request)}: it cannot be read ({type(error).__name__}: {error}), expected a "
            "report; check the file"
        )
        refused.add_note(traceback.format_exc())
        return refused


def _name(request: _Request) -> str:
    return request.path.name.encode(errors="backslashreplace").decode()
