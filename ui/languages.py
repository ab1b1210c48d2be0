"""The languages of the interface: which one a reader wants, and its texts."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES: Mapping[str, str] = {
    "zh": "简体中文",
    "zh-Hant": "繁體中文",
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ru": "Русский",
    "ar": "العربية",
}
"""Each language's own name by its code, the six of the United Nations and Traditional Chinese."""
COOKIE = "language"
"""Name of the cookie that holds the language a reader chose."""
DEFAULT = "en"
DIRECTING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what follows them (Unicode Standard Annex 9)."""

_FOLDER = Path(__file__).parent / "assets" / "texts"
_TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")


def chosen_language(*, cookie: str | None, accepted: str | None) -> str:
    """Return the language to show: the one chosen before, else the browser's, else English.

    Args:
        cookie: value of the cookie `COOKIE`, if the request brings one.
        accepted: its ``Accept-Language`` header (RFC 9110, 12.5.4), if it brings one.
    """
    if cookie is not None and cookie in LANGUAGES:
        return cookie
    wanted: list[tuple[float, str]] = []
    for entry in (accepted or "").split(","):
        tag, _, quality = entry.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), tag.strip().lower()))
        except ValueError:
            continue
    # The sort keeps the order of equals.
    for weight, tag in sorted(wanted, key=lambda entry: entry[0]):
        if not weight:  # `q=0` means "not this one"
            continue
        language = "zh-Hant" if tag.startswith(_TRADITIONAL) else tag.partition("-")[0]
        if language in LANGUAGES:
            return language
    return DEFAULT


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return the interface's texts in a language of `LANGUAGES`, by keys such as ``chat.new``."""
    content = (_FOLDER / f"{language}.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(content)
    return found


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr``, as HTML's `dir` attribute takes it."""
    return "rtl" if language == "ar" else "ltr"
