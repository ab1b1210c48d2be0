"""Files that take too long or break what reads them harm nothing else."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.errors import DocumentError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.reading_process import read_reports_apart
from ingest.report import Report


def report_file(folder: Path, name: str = "good.txt") -> Path:
    path = folder / name
    path.write_text("1. One.\n\n2. Two.\n", encoding="utf-8")
    return path


def read(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[Report]:
    return read_reports_apart(path, limits=limits, options={"language": "en"})


def blocking(folder: Path) -> Path:
    """A file whose opening never returns."""
    path = folder / "slow.txt"
    os.mkfifo(path)
    return path


def test_it_reads_what_a_file_holds_and_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    (report,) = read(report_file(tmp_path))
    assert [one.text for one in report.paragraphs] == ["One.", "Two."]
    with pytest.raises(DocumentError, match=r"^none\.txt: it cannot be read"):
        read(tmp_path / "none.txt")


def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_is_read(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(DocumentError, match=r"^slow\.txt: found more than .* in 1 seconds"):
        read(blocking(tmp_path), Limits(seconds_per_file=1))
    assert time.monotonic() - started < 20
    assert len(read(report_file(tmp_path))) == 1


def test_a_slow_file_does_not_hold_up_another_thread(tmp_path: Path) -> None:
    slow, good = blocking(tmp_path), report_file(tmp_path)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(read, slow, Limits(seconds_per_file=20))
        time.sleep(0.2)
        assert len(read(good)) == 1
        assert not waiting.done()
        slow.write_text("1. One.\n")  # what it waits for
        assert len(waiting.result()) == 1


def test_a_process_that_is_killed_is_an_error_of_its_file_alone(tmp_path: Path) -> None:
    slow = blocking(tmp_path)
    caught: list[Exception] = []

    def read_slow() -> None:
        try:
            read(slow)
        except DocumentError as error:
            caught.append(error)

    thread = threading.Thread(target=read_slow)
    thread.start()
    # A process takes its time to begin where the machine is busy.
    deadline = time.monotonic() + 20
    while (thread.is_alive() or children()) and time.monotonic() < deadline:
        thread.join(timeout=0.5)
        for process in children():
            os.kill(process, signal.SIGKILL)
    assert "slow.txt: reading it broke off" in str(caught[0])
    assert len(read(report_file(tmp_path))) == 1


def children() -> list[int]:
    """The processes that read files for this one, but for those that have ended."""
    found: list[int] = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                status = (folder / "stat").read_text().rpartition(")")[2].split()
                command = (folder / "cmdline").read_text()
            except OSError:
                continue
            is_ended = status[0] == "Z"
            if int(status[1]) == os.getpid() and "reading_process" in command and not is_ended:
                found.append(int(folder.name))
    return found


@pytest.mark.parametrize("program", ["read(good)", "read(good); time.sleep(60)"])
def test_nothing_is_left_behind_when_the_program_ends_or_is_killed(
    tmp_path: Path, program: str
) -> None:
    code = (
        "import time\nfrom pathlib import Path\n"
        "from ingest.limits import DEFAULT_LIMITS\n"
        "from ingest.reading_process import read_reports_apart\n"
        "def read(path):\n"
        "    read_reports_apart(path, limits=DEFAULT_LIMITS, options={})\n"
        "    import ingest.reading_process as r\n"
        "    print(r._idle[0]._process.pid, flush=True)\n"
        f"good = Path({str(report_file(tmp_path))!r})\n{program}\n"
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=root
    ) as running:
        assert running.stdout is not None
        reading = int(running.stdout.readline())
        if "sleep" in program:
            running.kill()
        running.wait()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{reading}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{reading}").exists()


def test_a_program_whose_main_script_runs_at_once_reads_too(tmp_path: Path) -> None:
    """Such a script has no `if __name__ == "__main__"`, and runs once."""
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\n"
        "from ingest.limits import DEFAULT_LIMITS\n"
        "from ingest.reading_process import read_reports_apart\n"
        f"good = Path({str(report_file(tmp_path))!r})\n"
        "print(len(read_reports_apart(good, limits=DEFAULT_LIMITS, options={})))\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root)},
        check=False,
    )
    assert (done.stdout, done.returncode) == ("1\n", 0), done.stderr
