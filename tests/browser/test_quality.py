"""The quality page in a real browser: what it shows is what was measured."""

from dataclasses import replace

from playwright.sync_api import Page, expect

from qa.eval_table import interval
from qa.evaluation_store import keep_evaluation, kept_evaluations
from qa.scoring import Figure

MEASURED_MILLISECONDS = 60_000


def test_measuring_shows_its_progress_and_then_what_was_measured(
    page: Page, own_server, hostile_text: str
) -> None:
    page.goto(f"{own_server.url}/quality")
    expect(page.get_by_text("Nothing has been measured yet.")).to_be_visible()
    page.get_by_role("button", name="Measure now").click()
    expect(page.get_by_role("progressbar", name="Measuring")).to_be_visible()
    expect(page.get_by_role("button", name="Measure now")).to_be_disabled()
    expect(page.locator(".evaluation")).to_have_count(1, timeout=MEASURED_MILLISECONDS)

    (kept,) = kept_evaluations(own_server.data_folder / "evaluations")
    evaluation = kept.evaluation
    shown = page.get_by_role("region", name="development.jsonl").first
    first = evaluation.overall.means[Figure.FIRST_CITATION]
    row = shown.locator(".figures").get_by_role("row", name="First citation right")
    expect(row).to_contain_text(f"{first.value:.3f}")
    expect(row).to_contain_text(interval(first))
    assert evaluation.overall.calibration is not None
    bins = evaluation.overall.calibration.bins
    expect(page.locator(".reliability circle")).to_have_count(len(bins))
    expect(page.locator(".reliability tbody tr")).to_have_count(len(bins))
    wrong = [one for one in evaluation.questions if one.is_wrong]
    expect(page.locator(".wrong > li .question")).to_have_text(
        [one.answer.question for one in wrong]
    )

    # The same answers as if all had gone wrong, with a question that tries to be markup.
    hostile = replace(evaluation.questions[0].answer, question=hostile_text, status="error")
    keep_evaluation(
        replace(
            kept,
            evaluation=replace(
                evaluation,
                name=hostile_text[:40],
                questions=(replace(evaluation.questions[0], answer=hostile),),
            ),
        ),
        own_server.data_folder / "evaluations",
    )
    page.reload()
    expect(page.locator(".evaluation")).to_have_count(2)
    expect(page.locator(".wrong .question").get_by_text("<script>")).to_have_text(hostile_text)
    assert page.locator("main").locator("img, b, [href^='javascript']").count() == 0
    assert page.evaluate("window.taken") is None
