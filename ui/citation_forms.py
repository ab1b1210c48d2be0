"""How a passage is cited elsewhere: as the United Nations do, plainly, in Markdown, in BibTeX.

The first follows the footnotes of United Nations documents (Editorial Manual Online, "Footnotes
and other references": symbol, comma, ``para.`` and the number). Whatever a document says in its
title or text stays text: it can neither leave a Markdown link nor a BibTeX field.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from qa.wording import WORDINGS, place_name
from ui.languages import DIRECTING

# What Markdown (CommonMark 2.4) takes for more than the character itself. A backslash before any
# of them makes it one again.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&$:@])")
# What TeX reads as a command, and how its letter is written.
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_NO_KEY = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPassage:
    """What is known of a passage that is cited.

    Attributes:
        document: its symbol, or what else the library calls it by.
        title: of the document; may be empty.
        date: of issue, ``2012-08-06`` or ``2012-08``; None where the document does not say.
        label: of the paragraph, such as ``25(a)`` or ``front matter``.
        page: None where the file has no pages.
        quote: the words that are cited; empty where the whole paragraph is.
        address: of the reader's page at the paragraph.
    """

    document: str
    title: str
    date: str | None
    label: str
    page: int | None
    quote: str
    address: str


def citation_forms(passage: CitedPassage, *, language: str) -> dict[str, str]:
    """Return a passage's citation by form: ``un``, ``plain``, ``markdown``, ``bibtex``.

    Args:
        passage: what is cited.
        language: of the words around it, one of `ui.languages.LANGUAGES`.
    """
    known = passage.document, passage.title, passage.label, passage.quote
    document, title, label, quote = map(_one_line, known)
    place = _place(document, label, language)
    said = f"“{quote}” " if quote else ""
    named = f"{title}, {place}" if title else place
    return {
        "un": place + ("。" if language.startswith("zh") else "."),
        "plain": f"{said}{named}, {passage.address}",
        "markdown": (f"> {_markdown(quote)}\n>\n> " if quote else "")
        + f"[{_markdown(named)}](<{_address(passage.address)}>)",
        "bibtex": _bibtex(
            _key(document, label),
            {
                "title": title or document,
                "number": document,
                "year": (passage.date or "")[:4],
                "pages": str(passage.page or ""),
                "note": _place("", label, language).strip(" ,，،"),
                "abstract": quote,
            },
            address=passage.address,
        ),
    }


def _place(document: str, label: str, language: str) -> str:
    """Return what a paragraph is called; in a number, a sub-item stands apart: ``25 (a)``."""
    wording = WORDINGS[language if language in WORDINGS else "en"]
    is_spaced = label[:1].isdecimal() and not language.startswith("zh")
    spaced = re.sub(r"(?<=\w)\(", " (", label) if is_spaced else label
    return place_name(document, spaced, wording)


def _one_line(text: str) -> str:
    """Return `text` in one line, without what would turn the direction of all that follows."""
    kept = "".join(
        " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character
        for character in DIRECTING.sub("", text)
    )
    return " ".join(kept.split())


def _key(document: str, label: str) -> str:
    """Return a key that no other paragraph has, though many scripts leave none of their letters."""
    digest = hashlib.sha256(f"{document}\n{label}".encode()).hexdigest()[:6]
    return "-".join(
        filter(None, (_NO_KEY.sub("-", f"{document}-{label}").strip("-"), digest))
    ).lower()


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _address(address: str) -> str:
    """Return an address that cannot end the angle brackets it stands in."""
    return address.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _bibtex(key: str, fields: dict[str, str], *, address: str) -> str:
    lines = [
        f"  {name} = {{{''.join(_BIBTEX.get(character, character) for character in value)}}},"
        for name, value in fields.items()
        if value
    ]
    # Packages for addresses take them as they are; braces alone would end the field.
    url = address.replace("{", "%7B").replace("}", "%7D")
    return "\n".join([f"@misc{{{key},", *lines, f"  url = {{{url}}},", "}"])
