"""What is round every page: templates, the header, the addresses of styles and scripts."""

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import NotFoundError
from ui.languages import DIRECTING, LANGUAGES, direction, texts

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

_FOLDER = Path(__file__).parent
_ASSETS = _FOLDER / "assets"
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def page(name: str, *, language: str, here: str, **values: object) -> str:
    """Return a page of the site as HTML, every value in it escaped.

    Args:
        name: of its template, which extends ``base.html``.
        language: one of `LANGUAGES`, of the interface.
        here: the path that the header marks as the current one.
        values: what the template shows.
    """
    return template(name).render(**_frame(language, here), **values)


def header(*, language: str, here: str) -> str:
    """Return the header alone, for a page that this module does not make."""
    return template("header.html").render(**_frame(language, here))


def template(name: str) -> "Template":
    """Return a template of `ui/templates`; it escapes every value put into it."""
    return _environment().get_template(name)


def asset(name: str) -> str:
    """Return the path of a style, script or picture; another one whenever its content changes."""
    content = (_ASSETS / name).read_bytes()
    return f"/site/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def asset_content(name: str) -> tuple[bytes, str]:
    """Return a style, script or picture, and its media type.

    Raises:
        NotFoundError: there is none of this name.
    """
    path = _ASSETS / name
    if path.suffix not in _MEDIA_TYPES or path.parent != _ASSETS or not path.is_file():
        raise NotFoundError(f"there is no {name!r} among the styles and scripts")
    return path.read_bytes(), _MEDIA_TYPES[path.suffix]


def confined(text: str) -> "Markup":
    """Return a text as HTML in which no character turns the direction of what stands beside it.

    Each such character stays where it was, in an element of its own, beyond which it means
    nothing. What is copied from the page is therefore still the text.
    """
    from markupsafe import Markup, escape

    return Markup(DIRECTING.sub(r"<bdi>\g<0></bdi>", str(escape(text))))


def _frame(language: str, here: str) -> dict[str, object]:
    return {"language": language, "here": here, "text": texts(language), "languages": LANGUAGES}


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=asset, direction=direction)
    environment.filters["confined"] = confined
    return environment
