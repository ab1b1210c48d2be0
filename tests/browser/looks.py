"""The looks in which the main states of every page are checked: theme, width and language."""

import os
from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import violations

PAIRWISE = [
    ("light", 360, "ar"),
    ("light", 768, "en-US"),
    ("light", 1440, "zh-CN"),
    ("dark", 360, "zh-CN"),
    ("dark", 768, "ar"),
    ("dark", 1440, "en-US"),
    ("dark", 360, "en-US"),
    ("light", 768, "zh-CN"),
    ("dark", 1440, "ar"),
]
"""Each two of theme, width and language meet at least once."""
ALL = list(product(("light", "dark"), (360, 768, 1440), ("zh-CN", "en-US", "ar")))
"""Every one with every other: `make test-browser-full`."""

in_every_look: Callable[..., pytest.MarkDecorator] = pytest.mark.parametrize(
    ("theme", "width", "locale"), ALL if os.environ.get("REPORT_QA_TEST_LOOKS") else PAIRWISE
)


def unfit(page: Page) -> list[str]:
    """Return what is wrong with a state: serious violations, and a page wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return violations(page) + (["the page scrolls sideways"] if wide else [])
