"""The evaluation as plain text: one line a collection, and one line a language or type."""

from collections.abc import Sequence

from qa.evaluation import Evaluation, Group
from qa.intervals import Estimate
from qa.scoring import Figure

CALIBRATION = "calibration error"
SUMMARY_FIGURES = (
    Figure.HIT_AT_1,
    Figure.HIT_AT_5,
    Figure.FIRST_CITATION,
    Figure.CITATION_PRECISION,
    Figure.CONTAINS,
    Figure.SHORT_ANSWER,
    Figure.REFUSED_RIGHTLY,
    Figure.REFUSED_WRONGLY,
)
SUMMARY_COLUMNS = ("asked", "no answer", "error", *SUMMARY_FIGURES, CALIBRATION)
COLUMNS = ("asked", "answered", "not found", "error", *Figure, "confidence", CALIBRATION)
LEGEND = (
    "Behind each figure stands its 95 % confidence interval; - where it applies to no question."
)


def render_summary(evaluations: Sequence[Evaluation]) -> str:
    """Return a line an evaluation with the main figures and their confidence intervals.

    The same answers give the same text.
    """
    rows = [[evaluation.name, *summary_cells(evaluation.overall)] for evaluation in evaluations]
    table = render_rows(["", *SUMMARY_COLUMNS], rows)
    return f"{table}\n\n{LEGEND}\n{verbatim_line(evaluations)}"


def render_groups(evaluation: Evaluation) -> str:
    """Return every figure, without intervals: a line a language, then a line a type.

    Over how many questions each mean was taken is told by the HTML report.
    """
    return "\n\n".join(
        render_rows([title, *COLUMNS], [[group.name, *cells(group)] for group in groups])
        for title, groups in (
            ("by language", evaluation.by_language),
            ("by type", evaluation.by_type),
        )
    )


def summary_cells(group: Group) -> list[str]:
    """Return what stands under `SUMMARY_COLUMNS` for a group."""
    estimates = [group.means.get(figure) for figure in SUMMARY_FIGURES]
    return [
        str(group.question_count),
        str(group.unanswerable_count),
        str(group.error_count),
        *map(with_interval, [*estimates, group.calibration_error]),
    ]


def cells(group: Group) -> list[str]:
    """Return what stands under `COLUMNS` for a group."""
    means = [group.means.get(figure) for figure in Figure]
    error = group.calibration_error
    return [
        str(group.question_count),
        str(group.answered_count),
        str(group.not_found_count),
        str(group.error_count),
        *("-" if mean is None else f"{mean.value:.3f}" for mean in means),
        f"{group.mean_confidence:.3f}",
        "-" if error is None else f"{error.value:.3f}",
    ]


def interval(estimate: Estimate) -> str:
    """Return the two ends of an interval in 0..1, such as ``.813–.954``."""
    return "–".join(f"{end:.3f}".removeprefix("0") for end in (estimate.low, estimate.high))


def with_interval(estimate: Estimate | None) -> str:
    """Return a figure with its interval, such as ``0.892 .813–.954``; ``-`` for none."""
    return "-" if estimate is None else f"{estimate.value:.3f} {interval(estimate)}"


def verbatim_line(evaluations: Sequence[Evaluation]) -> str:
    """Return in one line how many citations are verbatim and how many questions had no gold."""
    verbatim_count = sum(evaluation.verbatim_count for evaluation in evaluations)
    citation_count = sum(evaluation.citation_count for evaluation in evaluations)
    no_gold_count = sum(evaluation.no_gold_count for evaluation in evaluations)
    left_out = f"; {no_gold_count} questions without gold left out" if no_gold_count else ""
    return f"{verbatim_count} of {citation_count} citations verbatim{left_out}"


def render_rows(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table, the first column to the left, the others to the right.

    A heading of two words stands in two lines.
    """
    parts = [column.rpartition(" ") for column in heading[1:]]
    lines = [
        ["", *(above for above, _, _ in parts)],
        [heading[0], *(below for _, _, below in parts)],
        *rows,
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
        for line in lines
    )
