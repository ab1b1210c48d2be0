"""The pages that work over the REST API: library, question files and quality.

Each is rendered whole in the reader's language, every text escaped; a script file then follows
what the server does. The script finds the texts that it says itself in the page, as JSON.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.library import LONGEST_TITLE, DocumentSummary
from ingest.formats import SUFFIXES as REPORT_SUFFIXES
from qa.calibration import Calibration
from qa.eval_table import SUMMARY_FIGURES, interval
from qa.evaluation import Group
from qa.evaluation_store import KeptEvaluation
from qa.intervals import Estimate
from qa.questions import SUFFIXES as QUESTION_SUFFIXES
from qa.review import Kind
from ui.frame import page
from ui.jobs import FORMATS
from ui.languages import texts
from ui.render import document_path

# A page with thousands of long rows opens slowly and nobody reads it.
_WRONG_SHOWN_COUNT = 100
# Pixels of the reliability plot's sides, and how many steps its scales have.
_PLOT_SIZE = 240
_STEP_COUNT = 4


def library_page(documents: Sequence[DocumentSummary], *, language: str) -> str:
    """Return the page that lists the library's documents in the order given, and adds some."""
    return _page(
        "library",
        language=language,
        here="/documents",
        documents=documents,
        path=document_path,
        suffixes=",".join(REPORT_SUFFIXES),
        longest_title=LONGEST_TITLE,
    )


def questions_page(documents: Sequence[DocumentSummary], *, language: str) -> str:
    """Return the page of question files, which may be asked of these documents."""
    return _page(
        "questions",
        language=language,
        here="/questions",
        documents=documents,
        suffixes=",".join(QUESTION_SUFFIXES),
        formats=list(FORMATS),
        kinds=list(Kind),
    )


def quality_page(kept: Sequence[KeptEvaluation], *, language: str) -> str:
    """Return the page that shows evaluations: figures, plots, and the questions that went wrong."""
    return _page(
        "quality",
        language=language,
        here="/quality",
        kept=kept,
        figures=_figures,
        interval=interval,
        points=_points,
        size=_PLOT_SIZE,
        steps=_STEP_COUNT,
        shown_count=_WRONG_SHOWN_COUNT,
    )


def _page(name: str, *, language: str, here: str, **values: object) -> str:
    known = texts(language)
    own = {key: text for key, text in known.items() if key.startswith((f"{name}.", "page."))}
    return page(f"{name}.html", language=language, here=here, own_texts=own, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """A bin of the reliability plot: its place in pixels, and what is in it."""

    x: float
    y: float
    count: int
    confidence: float
    right_share: float


def _figures(group: Group) -> list[tuple[str, Estimate | None]]:
    """Return the main figures of a group under the names of their texts."""
    means = [(figure.name.lower(), group.means.get(figure)) for figure in SUMMARY_FIGURES]
    return [*means, ("calibration_error", group.calibration_error)]


def _points(calibration: Calibration) -> list[_Point]:
    return [
        _Point(
            x=round(part.mean_confidence * _PLOT_SIZE, 1),
            y=round((1 - part.right_share) * _PLOT_SIZE, 1),
            count=part.count,
            confidence=part.mean_confidence,
            right_share=part.right_share,
        )
        for part in calibration.bins
    ]
