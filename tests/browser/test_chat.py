"""The chat page in a real browser, over the real service and the bundled report."""

import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opener

QUESTION = "2011年，集装箱管制方案各参加国缉获了多少公斤可卡因？"
QUOTE = "9,219公斤可卡因"
# The document has 60 paragraphs, so this is refused whatever the model thinks.
REFUSED = "第99段说什么？"
FIRST_ANSWER_MILLISECONDS = 30_000


def ask(page: Page, question: str) -> Locator:
    """Ask through the keyboard and return the answer's element."""
    answers = page.locator(".answer")
    count = answers.count()
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    expect(answers).to_have_count(count + 1, timeout=FIRST_ANSWER_MILLISECONDS)
    return answers.nth(count)


def runs_on(shown: Locator, text: str) -> bool:
    """Return whether each character of a text stands right of the one before it."""
    lefts = shown.evaluate(
        """(element, text) => {
            const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            while (!nodes.nextNode().data.includes(text));
            const node = nodes.currentNode;
            const first = node.data.indexOf(text);
            return [...text].map((_, index) => {
                const range = new Range();
                range.setStart(node, first + index);
                range.setEnd(node, first + index + 1);
                return range.getBoundingClientRect().left;
            });
        }""",
        text,
    )
    return bool(lefts == sorted(lefts))


@pytest.fixture
def chat(page: Page, server_url: str) -> Page:
    page.goto(server_url)
    expect(page.locator("#question textarea")).to_be_visible()
    return page


def test_an_answer_cites_and_its_marker_shows_the_quote_in_its_paragraph(chat: Page) -> None:
    answer = ask(chat, QUESTION)
    expect(answer.locator(".statement")).to_contain_text(QUOTE)
    expect(answer.locator(".sources li").first).to_contain_text("CTOC/COP/2012/10，第29段")
    answer.locator("a.marker").first.click()
    source = chat.locator("#source")
    expect(source.locator("mark")).to_contain_text(QUOTE)
    expect(source).to_contain_text("五. 改进执法合作和机构间协调")
    paragraph = source.locator("blockquote").inner_text()
    assert paragraph.startswith("29 集箱装管制方案还促进交流业务信息。")
    assert source.locator("mark").inner_text() in paragraph


def test_a_source_is_shown_within_200_milliseconds_and_without_a_request(chat: Page) -> None:
    answer = ask(chat, QUESTION)
    expect(chat.locator("#next h2")).to_be_visible()  # asked for after each answer
    requested: list[str] = []
    chat.on("request", lambda request: requested.append(request.url))
    milliseconds = chat.evaluate(
        """async () => {
            const took = [];
            for (let round = 0; round < 5; round++) {
                document.querySelector("#source").replaceChildren();
                const started = performance.now();
                document.querySelector("a.marker").click();
                await new Promise((shown) => requestAnimationFrame(shown));
                if (!document.querySelector("#source mark")) throw new Error("no source");
                took.push(performance.now() - started);
            }
            return took;
        }"""
    )
    assert min(milliseconds) < 200, "other work on the machine may delay a frame, but not each"
    assert requested == []
    expect(answer.locator("a.marker[aria-current]").first).to_be_visible()


def test_a_marker_is_reached_and_opened_with_the_keyboard(chat: Page) -> None:
    answer = ask(chat, QUESTION)
    answer.locator("a.marker").first.focus()
    chat.keyboard.press("Enter")
    expect(chat.locator("#source mark")).to_contain_text(QUOTE)
    assert chat.url.rstrip("/").count("/") == 2, "the page was left"


def test_the_sources_link_opens_the_document_at_the_marked_paragraph(chat: Page) -> None:
    ask(chat, QUESTION).locator("a.marker").first.click()
    with chat.context.expect_page() as opened:
        chat.locator("#source a.open").click()
    reader = opened.value
    reader.wait_for_load_state()
    assert reader.evaluate("document.querySelector(':target').id") == "29"
    expect(reader.locator(":target mark")).to_contain_text(QUOTE)
    expect(reader.locator(":target mark")).to_be_in_viewport()


def test_every_label_of_the_document_is_the_target_of_its_link(page: Page, server_url: str) -> None:
    page.goto(f"{server_url}/documents/CTOC%2FCOP%2F2012%2F10")
    labels = page.eval_on_selector_all(".paragraph", "found => found.map((one) => one.id)")
    assert len(labels) > 73
    links = page.eval_on_selector_all(".label", "found => found.map((one) => one.hash)")
    for label, link in zip(labels, links, strict=True):
        page.evaluate("link => { location.hash = link }", link)
        assert page.evaluate("document.querySelector(':target')?.id") == label


def test_a_refusal_is_kind_and_offers_the_nearest_paragraphs(chat: Page) -> None:
    answer = ask(chat, REFUSED)
    expect(answer.locator(".statement")).to_contain_text("文件没有回答这个问题。")
    expect(answer.locator("a.marker")).to_have_count(0)
    nearest = answer.locator(".sources li a")
    expect(nearest).to_have_count(3)
    nearest.first.click()
    expect(chat.locator("#source blockquote")).not_to_be_empty()
    expect(chat.locator("#source mark")).to_have_count(0)


def test_a_question_that_cannot_be_asked_is_answered_by_one_line(chat: Page) -> None:
    answer = ask(chat, "长" * 2001)
    expect(answer.locator(".failure")).to_contain_text("2,000")


def test_a_follow_up_is_read_with_the_question_before(chat: Page) -> None:
    ask(chat, QUESTION)
    answer = ask(chat, "那海洛因呢？")
    expect(answer.locator(".statement")).to_contain_text("666.9公斤海洛因")
    expect(chat.locator(".asked p")).to_have_text([QUESTION, "那海洛因呢？"])


def test_a_new_answer_is_scrolled_into_view(chat: Page) -> None:
    for _ in range(4):
        answer = ask(chat, QUESTION)
    expect(answer.locator("footer")).to_be_in_viewport()


def test_clearing_starts_over_without_the_earlier_questions(chat: Page) -> None:
    ask(chat, QUESTION).locator("a.marker").first.click()
    chat.locator("#clear").click()
    expect(chat.locator(".answer")).to_have_count(0)
    expect(chat.locator("#source")).to_have_text(re.compile("^Choose a number"))
    ask(chat, REFUSED)
    expect(chat.locator(".asked p")).to_have_text([REFUSED])


def test_an_example_is_asked_by_choosing_it(chat: Page) -> None:
    example = chat.locator("#next .example").first
    question = example.inner_text().strip()
    example.click()
    expect(chat.locator(".answer")).to_have_count(1, timeout=FIRST_ANSWER_MILLISECONDS)
    expect(chat.locator(".asked p")).to_have_text([question])


def test_copying_takes_the_answer_with_its_sources_as_plain_text(chat: Page) -> None:
    answer = ask(chat, QUESTION)
    answer.locator("button.copy").click()
    expect(answer.locator("button.copy")).to_have_text("Copied")
    copied = chat.evaluate("navigator.clipboard.readText()")
    assert QUOTE in copied
    assert "[1] CTOC/COP/2012/10，第29段" in copied
    assert "<" not in copied


def test_text_typed_while_waiting_for_an_answer_is_kept(chat: Page) -> None:
    box = chat.locator("#question textarea")
    box.fill(QUESTION)
    box.press("Enter")
    expect(box).to_have_value("")
    box.fill("next")
    expect(chat.locator(".answer")).to_have_count(1, timeout=FIRST_ANSWER_MILLISECONDS)
    chat.wait_for_timeout(200)
    expect(box).to_have_value("next")


def test_hostile_text_of_reports_questions_and_examples_stays_text(
    page: Page, hostile_url: str, hostile_text: str
) -> None:
    page.goto(hostile_url)
    expect(page.locator("#next .example")).to_contain_text("<script>")
    question = f"How many times did the committee meet? {hostile_text}"
    answer = ask(page, question)
    expect(page.locator(".asked p")).to_have_text(question)
    answer.locator("a[data-source]").first.click()
    expect(page.locator("#source blockquote")).to_contain_text(hostile_text)
    for selector in (".asked p", "#source blockquote", ".statement"):
        assert runs_on(page.locator(selector).first, "gnp.exe"), f"text is turned in {selector}"
    for selector in ("#messages", "#source"):
        inside = page.locator(selector)
        assert inside.locator("img, script, strong, b, .katex, [href^='javascript']").count() == 0
    assert page.evaluate("window.taken") is None


def test_an_arabic_conversation_runs_from_right_to_left(opened: Opener, server_url: str) -> None:
    page = opened(locale="ar")
    page.goto(server_url)
    expect(page.locator("header.site nav")).to_contain_text("ملفات الأسئلة")
    answer = ask(page, "ماذا تقول الفقرة 25؟")
    assert answer.locator(".said").evaluate("one => getComputedStyle(one).direction") == "rtl"
    answer.locator("a.marker").first.click()
    source = page.locator("#source")
    assert source.evaluate("one => getComputedStyle(one).direction") == "rtl"
    quote = page.locator("#source blockquote")
    assert quote.evaluate("one => getComputedStyle(one).direction") == "ltr"


def test_a_chinese_statement_ends_on_its_right_in_an_arabic_answer(
    opened: Opener, server_url: str
) -> None:
    """The full stop stands to the right of the text it closes, the marker left of both."""
    page = opened(locale="ar")
    page.goto(server_url)
    statement = ask(page, "ماذا تقول الفقرة 60؟").locator(".statement p").first
    edges = statement.evaluate(
        """paragraph => {
            let text = paragraph.querySelector("a.marker").previousSibling;
            while (text.firstChild) text = text.firstChild;
            const stop = text.data.lastIndexOf("。");
            const left = index => {
                const range = document.createRange();
                range.setStart(text, index);
                range.setEnd(text, index + 1);
                return range.getBoundingClientRect().left;
            };
            return [left(stop), left(stop - 1)];
        }"""
    )
    assert edges[0] > edges[1]


def test_a_foreign_name_that_points_at_this_machine_is_turned_away(server_url: str) -> None:
    request = urllib.request.Request(f"{server_url}/health", headers={"Host": "rebound.example"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request)


def test_the_rest_documentation_shows_up_from_the_server_alone(page: Page, server_url: str) -> None:
    page.goto(f"{server_url}/docs")
    expect(page.locator("#swagger-ui")).to_contain_text("/api/ask")
