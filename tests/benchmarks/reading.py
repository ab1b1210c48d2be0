"""How long reading a PDF report of 500 pages takes, and how much memory, beside a bare extraction.

The ratio is to `pypdfium2` giving the same pages' text and nothing else, in the same run.
"""

import io
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.read import read_reports

PAGE_COUNT = 500
LINE_COUNT = 42
"""Lines of each page: as dense as the reports of the United Nations."""
SENTENCE = "The Committee notes with appreciation the report and asks for more of it in due time"
MIB = 2**20


def main() -> None:
    """Print seconds, their ratio and the peak of memory, each measured in a process of its own."""
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "report.pdf"
        path.write_bytes(_report())
        print(f"{PAGE_COUNT} pages, {path.stat().st_size / MIB:.1f} MiB")
        print(f"{'':30}{'seconds':>10}{'ratio':>8}{'peak MiB':>10}")
        bare, _ = _measured("bare extraction", _extract, path, 0.0)
        _measured("report-qa: paragraphs", _read, path, bare)


def _measured(
    name: str, work: Callable[[Path], None], path: Path, bare: float
) -> tuple[float, float]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, peak = pool.apply(_timed, (work, path))
    print(f"{name:30}{seconds:>10.1f}{seconds / (bare or seconds):>8.1f}{peak:>10.0f}")
    return seconds, peak


def _timed(work: Callable[[Path], None], path: Path) -> tuple[float, float]:
    started = time.perf_counter()
    work(path)
    seconds = time.perf_counter() - started
    # Kibibytes on Linux, bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds, peak / (MIB if sys.platform == "darwin" else 1024)


def _extract(path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        page.get_textpage().get_text_range()


def _read(path: Path) -> None:
    (report,) = read_reports(path, language="en")
    last = f"{PAGE_COUNT * 3}"
    assert report.paragraphs[-1].label == last, f"{report.paragraphs[-1].label} is not {last}"


def _report() -> bytes:
    """A report in one column: running header, page number, three numbered paragraphs a page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    number = 0
    for page in range(1, PAGE_COUNT + 1):
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(72, 800, "A/67/305")
        canvas.drawString(300, 30, f"{page}/{PAGE_COUNT}")
        for line in range(LINE_COUNT):
            turned = (line + page) % len(SENTENCE)
            words = (SENTENCE[turned:] + " " + SENTENCE[:turned]).strip()
            if line % (LINE_COUNT // 3) == 0:
                number += 1
                words = f"{number}. {words.capitalize()}"
            elif line % (LINE_COUNT // 3) == LINE_COUNT // 3 - 1:
                words += "."
            canvas.drawString(72, 770 - line * 16, words)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


if __name__ == "__main__":
    main()
