"""The chat page: a conversation beside the source it cites.

The page decides nothing: each question goes through `Service.ask`, each answer through
`render.to_html`. Questions stay plain text (Markdown is off) and answers are escaped fragments in
`gr.HTML`, so no text of a document or a question is ever read as markup.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI

from ingest.errors import ReportQAError
from qa.answer import failed
from qa.service import Service
from ui.languages import LANGUAGES
from ui.languages import texts as own_texts
from ui.render import question_html, to_html

if TYPE_CHECKING:
    import gradio

# Gradio reads it when it is imported, so it is set before that.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

_ASSETS = Path(__file__).parent / "assets"

# A few people are answered side by side; more threads than cores only wait for each other.
_CONCURRENT_QUESTION_COUNT = 4

# What browsers call the interface's languages.
_TAGS = {language: language for language in LANGUAGES} | {"zh": "zh-CN", "zh-Hant": "zh-TW"}

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question and the HTML fragment that answers it."""

    question: str
    answer: str


def mount_chat(app: FastAPI, service: Service, *, examples: Sequence[str]) -> None:
    """Serve the chat page at ``/`` of the app, behind every route that it has by now.

    Args:
        app: the application; routes added later are hidden by the page's catch-all.
        service: answers the questions.
        examples: questions to offer before the first one is asked; may be empty.
    """
    import gradio

    texts = gradio.I18n(**{tag: _texts(language) for language, tag in _TAGS.items()})
    gradio.mount_gradio_app(
        app,
        _page(service, texts=texts, examples=examples),
        path="/",
        i18n=texts,
        theme=_theme(),
        css_paths=_ASSETS / "chat.css",
        js=(_ASSETS / "chat.js").read_text(encoding="utf-8"),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
    )


def _texts(language: str) -> dict[str, str]:
    """Return the page's own texts by their bare keys."""
    found = own_texts(language)
    own = {key.removeprefix("chat."): found[key] for key in found if key.startswith("chat.")}
    return own | {"documents": found["frame.documents"]}


def converse(service: Service, question: str, turns: Sequence[Turn]) -> list[Turn]:
    """Return the conversation with the question and its answer added.

    The earlier questions are the context of the new one. What cannot be asked is answered by one
    line that says why.
    """
    try:
        answer = service.ask(question, context=[turn.question for turn in turns])
        fragment = to_html(answer, paragraph_of=service.library.paragraph)
    except ReportQAError as error:
        fragment = _failure(question, str(error), service)
    except Exception:
        _LOGGER.exception("a question on the chat page failed")
        fragment = _failure(question, "an internal error; the server's log says more", service)
    return [*turns, Turn(question=question, answer=fragment)]


def _failure(question: str, reason: str, service: Service) -> str:
    answer = failed(id="1", question=question, error=reason)
    return to_html(answer, paragraph_of=service.library.paragraph)


def _page(service: Service, *, texts: "gradio.I18n", examples: Sequence[str]) -> "gradio.Blocks":
    import gradio

    def said(role: str, fragment: str) -> dict[str, object]:
        return {"role": role, "content": gradio.HTML(fragment, apply_default_css=False)}

    def messages(turns: Sequence[Turn]) -> list[dict[str, object]]:
        return [
            message
            for turn in turns
            for message in (
                said("user", question_html(turn.question)),
                said("assistant", turn.answer),
            )
        ]

    def answer(question: str, turns: list[Turn]) -> Iterator[tuple[object, ...]]:
        """Show the question at once, its answer when it is there."""
        if not question.strip():
            yield question, gradio.skip(), turns
            return
        waiting = Turn(question=question, answer='<p class="waiting">•••</p>')
        yield "", messages([*turns, waiting]), turns
        turns = converse(service, question, turns)
        yield gradio.skip(), messages(turns), turns

    def choose(event: gradio.SelectData) -> str:
        return str(event.value["text"])

    page = gradio.Blocks(title="report-qa", analytics_enabled=False, fill_height=True)
    with page:
        turns = gradio.State([])
        with gradio.Row(elem_id="header"):
            gradio.HTML(texts("title"), html_template="<h1>${value}</h1>")
            gradio.HTML(texts("documents"), html_template='<a href="/documents">${value}</a>')
            clear = gradio.Button(texts("clear"), elem_id="clear")
        with gradio.Row(elem_id="columns"):
            with gradio.Column(scale=3):
                chat = gradio.Chatbot(
                    elem_id="messages",
                    show_label=False,
                    render_markdown=False,
                    latex_delimiters=[],
                    layout="panel",
                    buttons=[],
                    height="calc(100dvh - 138px)",
                    placeholder=str(texts("invitation")),
                    examples=[{"text": example} for example in examples],
                )
                box = gradio.Textbox(
                    elem_id="question",
                    show_label=False,
                    label=texts("question"),
                    placeholder=texts("question"),
                    submit_btn=True,
                    autofocus=True,
                    container=False,
                )
            with gradio.Column(scale=2, elem_id="panel"):
                gradio.HTML(
                    texts("source"),
                    html_template=(
                        '<aside id="source" dir="auto" aria-live="polite">${value}</aside>'
                    ),
                    apply_default_css=False,
                )
        outputs = [box, chat, turns]

        def answer_on(trigger: Callable[..., object]) -> None:
            trigger(
                answer,
                [box, turns],
                outputs,
                show_progress="hidden",
                api_visibility="private",
                concurrency_limit=_CONCURRENT_QUESTION_COUNT,
            )

        answer_on(box.submit)
        answer_on(chat.example_select(choose, None, box, api_visibility="private").then)
        clear.click(lambda: ("", [], []), None, outputs, api_visibility="private")
    return page


def _theme() -> "gradio.Theme":
    """A quiet theme on the system's own fonts, so that no font is fetched from anywhere."""
    import gradio

    return gradio.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        font=[
            "system-ui",
            "-apple-system",
            "Segoe UI",
            "Noto Sans",
            "Noto Sans CJK SC",
            "sans-serif",
        ],
        font_mono=["ui-monospace", "monospace"],
    )
