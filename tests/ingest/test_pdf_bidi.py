"""Right-to-left lines: from the order on the page to the order of reading."""

import pytest

from ingest.readers.pdf_bidi import is_right_to_left, logical_order, mend_brackets


@pytest.mark.parametrize(
    ("visual", "logical"),
    [
        ("ريرقتلا اذه", "هذا التقرير"),
        ("ماع 2010 ىلإ", "إلى 2010 عام"),
        ("5/6 رارقلا", "القرار 5/6"),
        ("٥/٦ رارقلا", "القرار ٥/٦"),
        ("12/5/2011 يف", "في 12/5/2011"),
        ("ةئاملا يف 12.5", "12.5 في المائة"),
        # Behind an Arabic word a dash parts two numbers, and these run from the right.
        ("2012-2010 ةرتفلا", "الفترة 2010-2012"),
        ("CTOC/COP/2012/10 ةقيثولا", "الوثيقة CTOC/COP/2012/10"),
        ("انه UN Office 12 بتكم", "مكتب UN Office 12 هنا"),
        ("See A/67/305 (2012).", "See A/67/305 (2012)."),
        (".(CTOC/COP/2012/10", "CTOC/COP/2012/10(."),
    ],
)
def test_words_run_from_the_right_and_numbers_from_the_left(visual: str, logical: str) -> None:
    assert "".join(visual[place] for place in logical_order(visual, is_rtl=True)) == logical


def test_arabic_words_in_an_english_line_run_from_the_right_alone() -> None:
    visual = "The word ريرقتلا اذه (12) means this report."
    order = logical_order(visual, is_rtl=False)
    assert "".join(visual[place] for place in order) == (
        "The word هذا التقرير (12) means this report."
    )


@pytest.mark.parametrize(
    "text",
    [
        "(انظر الفقرة 25(أ) من الوثيقة CTOC/COP/2012/10).",
        "(أ) تدريب القضاة؛",
        "والمعنون “الجريمة المنظمة”.",
        "مكتب (UNODC) الصادر في",
        "الفقرات 2(أ) و3(ب)(ج)",
    ],
)
def test_brackets_are_right_whether_a_file_names_character_or_shape(text: str) -> None:
    turned = text.translate(str.maketrans("()“”", ")(”“"))
    half_turned = text[: len(text) // 2] + turned[len(text) // 2 :]
    assert mend_brackets(text) == text
    assert mend_brackets(turned) == text
    assert mend_brackets(half_turned) == text


def test_most_letters_tell_the_direction() -> None:
    assert is_right_to_left("الوثيقة CTOC 2012")
    assert not is_right_to_left("The word أ is Arabic")
    assert not is_right_to_left("2012")
