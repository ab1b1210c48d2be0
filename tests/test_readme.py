"""The README tells the truth: its commands run as printed, its settings are the program's."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.settings import KNOWN, PREFIX

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```\n(.*?)```", README, re.S) for line in block.split("\n")]
COMMANDS = [line for line in LINES if line.startswith(".venv/bin/report-qa")]
REQUESTS = [line for line in LINES if line.startswith("curl")]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like the checkout, so that what the commands write lands elsewhere."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("data", "tests"):
        (folder / name).symlink_to(ROOT / name)
    scripts = folder / ".venv" / "bin"
    scripts.mkdir(parents=True)
    script = Path(sys.executable).with_name("report-qa")
    assert script.exists(), "report-qa is not installed in this environment"
    (scripts / "report-qa").symlink_to(script)
    return folder


@pytest.fixture(scope="module")
def server(checkout: Path, environment: dict[str, str]) -> Iterator[str]:
    """The address of a server that was started as the Makefile starts it."""
    process = subprocess.Popen(
        [".venv/bin/report-qa", "serve", "--port", "0"],
        cwd=checkout,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    told = ""
    for line in process.stderr:
        told += line
        if match := re.search(r"Ready at (\S+)", line):
            yield match[1]
            break
    else:
        raise AssertionError(told)
    process.terminate()
    process.wait(timeout=30)


def _run(command: str, *, folder: Path, environment: dict[str, str]) -> str:
    result = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 8 and len(REQUESTS) >= 2


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs_as_printed(
    command: str, checkout: Path, environment: dict[str, str]
) -> None:
    _run(command, folder=checkout, environment=environment)


def test_the_first_answer_is_the_one_printed(checkout: Path, environment: dict[str, str]) -> None:
    printed = README.split(COMMANDS[0])[1].split("```\n")[2].split("```")[0]
    shown = _run(COMMANDS[0], folder=checkout, environment=environment)
    assert shown.strip() == printed.strip()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("command", REQUESTS)
def test_a_request_is_answered(
    command: str, server: str, checkout: Path, environment: dict[str, str]
) -> None:
    asked = command.replace("http://127.0.0.1:7860", server).replace("curl", "curl --fail", 1)
    assert _run(asked, folder=checkout, environment=environment).startswith("{")


def test_the_settings_table_lists_every_setting() -> None:
    assert set(re.findall(rf"^\| `{PREFIX}(\w+)`", README, re.M)) == KNOWN


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`?make (\w+)", README))
    assert targets <= set(re.findall(r"^(\w+):", makefile, re.M)) and len(targets) >= 4


def test_the_linked_files_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert links and all((ROOT / link).exists() for link in links)
