"""How a passage is cited elsewhere; every expected text is written by hand."""

import hashlib
from dataclasses import replace

import pytest

from ui.citation_forms import CitedPassage, citation_forms

ADDRESS = "http://localhost:7860/documents/A%2F67%2F305?paragraph=25(a)&quote=0-7#25(a)"
PASSAGE = CitedPassage(
    document="A/67/305",
    title="Report of the Secretary-General",
    date="2012-08-06",
    label="25(a)",
    page=7,
    quote="It was so.",
    address=ADDRESS,
)


def digest(document: str, label: str) -> str:
    return hashlib.sha256(f"{document}\n{label}".encode()).hexdigest()[:6]


def test_each_form_in_full() -> None:
    forms = citation_forms(PASSAGE, language="en")
    assert forms["un"] == "A/67/305, para. 25 (a)."
    assert forms["plain"] == (
        f"“It was so.” Report of the Secretary-General, A/67/305, para. 25 (a), {ADDRESS}"
    )
    assert forms["markdown"] == (
        "> It was so\\.\n>\n> [Report of the Secretary\\-General, A/67/305, para\\. 25 \\(a\\)]"
        f"(<{ADDRESS}>)"
    )
    assert forms["bibtex"] == "\n".join(
        [
            "@misc{a-67-305-25-a-" + digest("A/67/305", "25(a)") + ",",
            "  title = {Report of the Secretary-General},",
            "  number = {A/67/305},",
            "  year = {2012},",
            "  pages = {7},",
            "  note = {para. 25 (a)},",
            "  abstract = {It was so.},",
            f"  url = {{{ADDRESS}}},",
            "}",
        ]
    )


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(PASSAGE, title="", date=None, page=None, quote="", label="front matter")
    forms = citation_forms(bare, language="en")
    assert forms["un"] == "A/67/305, front matter."
    assert forms["plain"] == f"A/67/305, front matter, {ADDRESS}"
    assert forms["markdown"] == f"[A/67/305, front matter](<{ADDRESS}>)"
    assert forms["bibtex"] == "\n".join(
        [
            "@misc{a-67-305-front-matter-" + digest("A/67/305", "front matter") + ",",
            "  title = {A/67/305},",
            "  number = {A/67/305},",
            "  note = {front matter},",
            f"  url = {{{ADDRESS}}},",
            "}",
        ]
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", "A/67/305，第25(a)段。"),
        ("zh-Hant", "A/67/305，第25(a)段。"),
        ("fr", "A/67/305, par. 25 (a)."),
        ("es", "A/67/305, párr. 25 (a)."),
    ],
)
def test_the_words_are_of_the_readers_language(language: str, expected: str) -> None:
    assert citation_forms(PASSAGE, language=language)["un"] == expected


def test_a_hostile_title_stays_text() -> None:
    title = "a](javascript:x) `b` <img onerror=x>\u202egnp\u0007\n# c} , url = {x \\input{y} 100% $"
    forms = citation_forms(replace(PASSAGE, title=title, quote=""), language="en")
    assert all("\u202e" not in form and "\u0007" not in form for form in forms.values())
    assert forms["markdown"] == (
        "[a\\]\\(javascript\\:x\\) \\`b\\` \\<img onerror=x\\>gnp \\# c\\} , url = \\{x "
        "\\\\input\\{y\\} 100% \\$, A/67/305, para\\. 25 \\(a\\)]"
        f"(<{ADDRESS}>)"
    )
    assert forms["bibtex"].splitlines()[1] == (
        "  title = {a](javascript:x) `b` <img onerror=x>gnp \\# c\\} , url = \\{x "
        "\\textbackslash{}input\\{y\\} 100\\% \\$},"
    )


def test_a_hostile_address_ends_neither_a_link_nor_a_field() -> None:
    forms = citation_forms(replace(PASSAGE, address="http://h/>x}\\{", quote=""), language="en")
    assert forms["markdown"].endswith("(<http://h/%3Ex}%5C{>)")
    assert forms["bibtex"].endswith("url = {http://h/>x%7D\\%7B},\n}")


def test_no_two_paragraphs_share_a_key() -> None:
    known = [("报告", "5"), ("年报", "5"), ("报告", "附件"), ("A/1", "25(a)"), ("A/1/25", "a")]
    keys = [
        citation_forms(replace(PASSAGE, document=document, label=label), language="zh")["bibtex"]
        .splitlines()[0]
        .removeprefix("@misc{")
        .removesuffix(",")
        for document, label in known
    ]
    assert len(set(keys)) == len(keys) and all(keys)


def test_a_chinese_title_and_quote_stay_as_they_are() -> None:
    chinese = replace(
        PASSAGE, title="秘书长的报告", quote="缉获9,219公斤\u200d可卡因。", label="29"
    )
    forms = citation_forms(chinese, language="zh")
    assert forms["un"] == "A/67/305，第29段。"
    assert forms["plain"].startswith(
        "“缉获9,219公斤\u200d可卡因。” 秘书长的报告, A/67/305，第29段, "
    )
    assert "  title = {秘书长的报告}," in forms["bibtex"]
