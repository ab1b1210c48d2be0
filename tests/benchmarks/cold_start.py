"""How long a cold `report-qa ask` takes, beside importing sentence-transformers alone.

Each is a new process, the library and the model are ready; what counts is the ratio.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

ROUNDS = 5
COMMANDS = {
    "import sentence_transformers": [sys.executable, "-c", "import sentence_transformers"],
    "report-qa --help": [sys.executable, "-m", "ui.cli", "--help"],
    "report-qa ask": [sys.executable, "-m", "ui.cli", "ask", "2011年缉获了多少公斤可卡因？"],
}


def main() -> None:
    """Print the medians and the ratios."""
    medians = {name: _median(command) for name, command in COMMANDS.items()}
    baseline = medians["import sentence_transformers"]
    print(f"{'a new process':32}{'median':>9}{'ratio':>8}")
    for name, median in medians.items():
        print(f"{name:32}{median:>7.2f} s{median / baseline:>8.2f}")


def _median(command: Sequence[str]) -> float:
    """Return the median wall-clock time of `ROUNDS` runs in seconds, after one to warm up."""
    seconds: list[float] = []
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds[1:])


if __name__ == "__main__":
    main()
