"""Files are read in processes of their own, which are stopped when one takes too long.

What a damaged or hostile file can do happens there: whatever goes wrong, even inside a library
that is not written in Python, is an error of that file and leaves the program as it was.
"""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import DocumentError, ReportQAError
from ingest.limits import Limits
from ingest.read import read_reports
from ingest.report import Report

# Not `multiprocessing`: it runs the program's main script once more, which not every script is
# made for. What this program may import, the other may too.
_PROGRAM = "import sys; sys.path[:] = {path!r}; from ingest.reading_process import serve; serve()"
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
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._waiter = ThreadPoolExecutor(max_workers=1)
        # It says when it has started: the time of a file counts from then on.
        self._received(seconds=None)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def read(self, request: _Request) -> list[Report] | ReportQAError:
        seconds = request.limits.seconds_per_file
        try:
            assert self._process.stdin is not None
            pickle.dump(request, self._process.stdin)
            self._process.stdin.flush()
            result = self._received(seconds=seconds)
        except TimeoutError as error:
            raise DocumentError(
                f"{_name(request)}: found more than could be read in {seconds} seconds, expected "
                "a report; split the file or set a higher limit"
            ) from error
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise DocumentError(
                f"{_name(request)}: reading it broke off, perhaps for want of memory, expected a "
                "report; check the file"
            ) from error
        assert isinstance(result, list | ReportQAError)
        return result

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._waiter.shutdown()

    def _received(self, *, seconds: int | None) -> object:
        """Return the next thing that the process says; `TimeoutError` if it is not said in time."""
        assert self._process.stdout is not None
        return self._waiter.submit(pickle.load, self._process.stdout).result(timeout=seconds)


def serve() -> None:
    """Read the files that are asked for on standard input until it ends."""
    # An interruption is for the program; this process ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints goes elsewhere than the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(EOFError, OSError):
        said: object = None
        while True:
            pickle.dump(said, answers)
            answers.flush()
            request = pickle.load(sys.stdin.buffer)
            assert isinstance(request, _Request)
            said = _result(request)


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
