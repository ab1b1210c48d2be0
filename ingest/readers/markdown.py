"""Markdown: read as the page that it is shown as."""

import re
from typing import TYPE_CHECKING

from ingest.errors import DocumentError
from ingest.readers.html import read_page
from ingest.readers.text import decode
from ingest.report import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

# Names of footnotes that are the marks themselves; others are counted.
_MARK = re.compile(r"\d{1,4}|\*{1,4}")
# Lists and quotations inside each other; what is nested deeper the parser leaves out.
_DEEPEST = 100


def read_markdown(data: bytes) -> Source:
    """Return the text of a Markdown file (CommonMark with tables, footnotes and strikethrough).

    Ordered lists keep the numbers that are typed; where all of a list's are the same, as in
    ``1. 1. 1.``, they count on. Footnotes keep theirs, others are counted. Line breaks stay line
    breaks, because a report's sub-items can stand in lines of one block.

    Raises:
        DocumentError: see `ingest.readers.text.decode` and `ingest.readers.html.read_html`; also
            where lists or quotations are nested too deeply to be read as a whole.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark", {"breaks": True, "maxNesting": _DEEPEST}).enable(
        ["table", "strikethrough"]
    )
    parser.use(footnote_plugin).use(front_matter_plugin)
    parser.add_render_rule("footnote_caption", _footnote_caption)
    tokens = parser.parse(decode(data))
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        raise DocumentError(
            "found lists or quotations nested too deeply, expected a report; save it as text"
        )
    _keep_numbers(tokens)
    return read_page(parser.renderer.render(tokens, parser.options, {}))


def _footnote_caption(
    renderer: "RendererHTML",
    tokens: "Sequence[Token]",
    index: int,
    options: "OptionsDict",
    env: "EnvType",
) -> str:
    """Return what calls a footnote: the number or star that is typed, else the next number."""
    meta = tokens[index].meta
    label = meta.get("label", "")
    return f"[{label if _MARK.fullmatch(label) else meta['id'] + 1}]"


def _keep_numbers(tokens: "Sequence[Token]") -> None:
    """Write into the items of ordered lists which number is shown, and with which stop."""
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append([])
        elif token.type == "list_item_open" and token.info:
            lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            items = lists.pop()
            counts_on = len({item.info for item in items}) == 1
            for position, item in enumerate(items):
                number = int(item.info) + (position if counts_on else 0)
                item.attrSet("style", f"list-style-type: '{number}{item.markup}'")
