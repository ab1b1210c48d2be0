"""The evaluation as one HTML file that needs nothing else: no script, no font, no request."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import InputError
from qa.calibration import Calibration
from qa.eval_table import (
    CALIBRATION,
    COLUMNS,
    LEGEND,
    SUMMARY_COLUMNS,
    cells,
    interval,
    summary_cells,
    verbatim_line,
)
from qa.evaluation import Evaluation, Group, ScoredQuestion
from qa.intervals import Estimate
from qa.scoring import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

_TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evaluation</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 100rem; padding: 0 1rem;
  color: #1a1a1a; background: #fff }
.wide { overflow-x: auto }
table { border-collapse: collapse; margin: 1rem 0; font-size: .87em;
  font-variant-numeric: tabular-nums }
th, td { padding: .3rem .45rem; border-bottom: 1px solid #ddd; text-align: right;
  vertical-align: top }
th:first-child, .text th, .text td { text-align: left }
th:first-child { white-space: nowrap }
thead th { border-bottom: 2px solid #666; vertical-align: bottom }
small { color: #666; display: block; white-space: nowrap }
svg { max-width: 100%; height: auto }
dl { margin: 0 } dt { color: #666 } dd { margin: 0 0 .4rem; overflow-wrap: anywhere;
  white-space: pre-line }
</style>
</head>
<body>
<h1>Evaluation</h1>
<div class="wide"><table>
<thead><tr><th></th>
{%- for column in summary_columns %}<th>{{ column }}</th>{% endfor %}</tr></thead>
<tbody>
{% for evaluation in evaluations %}
<tr><th><a href="#{{ loop.index }}">{{ evaluation.name }}</a></th>
{%- for cell in summary_cells(evaluation.overall) %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</tbody></table></div>
<p>{{ legend }} {{ verbatim_line(evaluations) }}.</p>
{% for evaluation in evaluations %}
<section id="{{ loop.index }}">
<h2>{{ evaluation.name }}</h2>
<p>{{ verbatim_line([evaluation]) }}.</p>
{% for title, groups in parts(evaluation) %}
<h3>{{ title }}</h3>
<div class="wide"><table>
<thead><tr><th></th>{% for column in columns %}<th>{{ column }}</th>{% endfor %}</tr></thead>
<tbody>
{% for group in groups %}
<tr><th>{{ group.name }}</th>
{%- for column, cell in zip(columns, cells(group)) %}
<td>{{ cell }}{% with estimate = estimate_of(group, column) %}{% if estimate %}
<small>{{ interval(estimate) }}</small><small>of {{ estimate.count }}</small>
{%- endif %}{% endwith %}</td>{% endfor %}</tr>
{% endfor %}
</tbody></table></div>
{% if groups | length > 1 %}{{ bars(groups) }}{% endif %}
{% endfor %}
{% if evaluation.overall.calibration %}
<h3>Calibration</h3>
{{ reliability(evaluation.overall.calibration) }}
{% endif %}
<h3>Questions that went wrong: {{ wrong(evaluation) | length }} of
{{ evaluation.questions | length }}
{%- if wrong(evaluation) | length > shown_count %}, the first {{ shown_count }} shown{% endif %}
</h3>
<div class="wide"><table class="text">
<thead><tr><th>Question</th><th>Expected</th><th>Given</th></tr></thead>
<tbody>
{% for scored in wrong(evaluation)[:shown_count] %}
<tr><td dir="auto">{{ scored.answer.question }}
<small>{{ scored.answer.id }} · {{ scored.gold.language }} · {{ scored.gold.type }}</small></td>
<td><dl>
{% if not scored.gold.answerable %}<dt>a refusal</dt>
{% elif not scored.gold.known %}<dt>an answer</dt>
{% else %}
<dt>paragraphs</dt><dd>{{ scored.gold.paragraphs | sort | join(", ") }}</dd>
{% if scored.gold.answers %}<dt>containing</dt>
{% for entry in scored.gold.answers %}<dd dir="auto">{{ entry | join(" / ") }}</dd>{% endfor %}
{% endif %}{% endif %}
</dl></td>
<td><dl>
<dt>{{ scored.answer.status }}, confidence {{ "%.2f" | format(scored.answer.confidence) }}</dt>
<dd dir="auto">{{ scored.answer.error or scored.answer.answer }}</dd>
{% if scored.answer.short_answers %}<dt>short answers</dt>
<dd dir="auto">{{ scored.answer.short_answers | join("; ") }}</dd>{% endif %}
{% if scored.answer.citations %}<dt>cited</dt>
<dd>{{ scored.answer.citations | map(attribute="paragraph") | join(", ") }}</dd>{% endif %}
{% if scored.answer.passages %}<dt>nearest</dt>
<dd>{{ scored.answer.passages[:5] | map(attribute="paragraph") | join(", ") }}</dd>{% endif %}
</dl></td></tr>
{% endfor %}
</tbody></table></div>
</section>
{% endfor %}
</body>
</html>
"""

# A page with thousands of long rows opens slowly and nobody reads it.
_SHOWN_COUNT = 200
# What matplotlib would write about itself into a plot, the time included.
_METADATA = ("Creator", "Date", "Format", "Type")
_PLOTTED = (Figure.HIT_AT_1, Figure.FIRST_CITATION, Figure.CONTAINS, Figure.REFUSED_RIGHTLY)


def write_html(evaluations: Sequence[Evaluation], path: Path) -> None:
    """Write the report of one or more evaluations: figures, plots, and what went wrong.

    The same evaluations give the same bytes.

    Raises:
        InputError: the file cannot be written.
    """
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    html = environment.from_string(_TEMPLATE).render(
        evaluations=evaluations,
        summary_columns=SUMMARY_COLUMNS,
        summary_cells=summary_cells,
        legend=LEGEND,
        verbatim_line=verbatim_line,
        columns=COLUMNS,
        cells=cells,
        estimate_of=_estimate,
        interval=interval,
        parts=_parts,
        bars=_bars,
        reliability=_reliability,
        wrong=_wrong,
        shown_count=_SHOWN_COUNT,
        zip=zip,
    )
    try:
        path.write_text(html, encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from error


def _parts(evaluation: Evaluation) -> list[tuple[str, Sequence[Group]]]:
    return [
        ("Overall", [evaluation.overall]),
        ("By language", evaluation.by_language),
        ("By type", evaluation.by_type),
    ]


def _estimate(group: Group, column: str) -> Estimate | None:
    """Return what stands under a column where that is an estimate."""
    if column == CALIBRATION:
        return group.calibration_error
    return {figure.value: mean for figure, mean in group.means.items()}.get(column)


def _wrong(evaluation: Evaluation) -> list[ScoredQuestion]:
    return [scored for scored in evaluation.questions if scored.is_wrong]


def _bars(groups: Sequence[Group]) -> str:
    """Return one bar plot a figure as an SVG element, groups from left to right."""

    def draw(canvas: "Canvas") -> None:
        for axes, figure in zip(canvas.subplots(len(_PLOTTED), 1), _PLOTTED, strict=True):
            _plot(axes, figure, groups)

    return _svg(draw, size=(11, 2 * len(_PLOTTED)))


def _reliability(calibration: Calibration) -> str:
    """Return the reliability plot: the share of right answers over their mean confidence."""

    def draw(canvas: "Canvas") -> None:
        axes = canvas.subplots()
        axes.plot([0, 1], [0, 1], color="#999", linewidth=1)
        confidences = [part.mean_confidence for part in calibration.bins]
        shares = [part.right_share for part in calibration.bins]
        axes.plot(confidences, shares, "o-", color="#2f6f9f", clip_on=False)
        for part in calibration.bins:
            axes.annotate(
                str(part.count),
                (part.mean_confidence, part.right_share),
                xytext=(6, -10),
                textcoords="offset points",
                fontsize=8,
            )
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="mean confidence", ylabel="share right")
        axes.set_title("with the number of answers; on the line if calibrated", fontsize=10)
        axes.spines[["top", "right"]].set_visible(False)

    return _svg(draw, size=(4.5, 4.5))


def _svg(draw: Callable[["Canvas"], None], *, size: tuple[float, float]) -> str:
    """Return what `draw` draws on a canvas of `size` inches as an SVG element."""
    import matplotlib as mpl
    from markupsafe import Markup
    from matplotlib.figure import Figure as Canvas

    # With a fixed salt and no date the same figures give the same bytes. The name of a type
    # is no formula, whatever it holds.
    with mpl.rc_context(
        {"svg.hashsalt": "report-qa", "svg.fonttype": "none", "text.parse_math": False}
    ):
        canvas = Canvas(figsize=size, layout="constrained")
        draw(canvas)
        file = io.StringIO()
        canvas.savefig(file, format="svg", metadata=dict.fromkeys(_METADATA))
    svg = file.getvalue()
    return Markup(svg[svg.index("<svg") :])


def _plot(axes: "Axes", figure: Figure, groups: Sequence[Group]) -> None:
    means = [group.means.get(figure) for group in groups]
    heights = [0.0 if mean is None else mean.value for mean in means]
    labels = ["–" if mean is None else f"{mean.value:.2f}" for mean in means]
    bars = axes.bar([group.name for group in groups], heights, width=0.6, color="#2f6f9f")
    axes.bar_label(bars, labels)
    axes.set_ylim(0, 1.15)
    axes.set_yticks([0, 0.5, 1])
    axes.set_title(figure.value, loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
