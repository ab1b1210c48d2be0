"""What axe-core finds wrong with a page."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

from playwright.sync_api import Page

SERIOUS = ("serious", "critical")


def violations(page: Page, *, but: Sequence[str] = ()) -> list[str]:
    """Return the serious and critical violations of the page as it is now, a line each.

    Args:
        page: of any address.
        but: CSS selectors of what is left out.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found = page.evaluate(
        "but => axe.run({exclude: but.map((one) => [one])}, {resultTypes: ['violations']})",
        list(but),
    )
    return [
        f"{violation['id']}: {violation['help']}: "
        + "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
        for violation in found["violations"]
        if violation["impact"] in SERIOUS
    ]


@cache
def _axe() -> str:
    """Return axe-core (MPL 2.0) as `axe-playwright-python` brings it."""
    folder = resources.files("axe_playwright_python")
    return (folder / "axe.min.js").read_text(encoding="utf-8")
