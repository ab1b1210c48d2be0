"""The chat page: a conversation beside the source it cites.

The page decides nothing: each question goes through `Service.ask`, what it shows are the escaped
fragments of `ui.fragments`, and the conversations stay in the browser. Every handler takes what it
needs from the browser, so that a page that was open while the server restarted goes on.
"""

import logging
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from fastapi import FastAPI

from ingest.errors import NotFoundError, ReportQAError
from qa.answer import Answer, failed
from qa.service import Service
from qa.suggestions import follow_ups, opening_questions
from ui.conversations import Conversations, from_kept, to_kept
from ui.fragments import answer_html, conversations_html, question_html, questions_html
from ui.frame import asset, header
from ui.languages import COOKIE, chosen_language, direction, texts

if TYPE_CHECKING:
    import gradio

# Gradio reads it when it is imported, so it is set before that.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

_STYLES = ("frame.css", "chat.css")
_SCRIPTS = ("frame.js", "citations.js", "chat.js")

# A few people are answered side by side; more threads than cores only wait for each other.
_CONCURRENT_QUESTION_COUNT = 4
# By these the page script hands over the conversations that the browser keeps, as they are at that
# moment, since another window may have changed them, and keeps what they have become.
_REMEMBERED = "(kept, ...others) => [remembered(), ...others]"
_KEEP = "(kept) => { keep(kept); return []; }"
# A page script speaks to the handlers by this event of the browser's.
_ACTS = "document.addEventListener('report-qa:act', (event) => trigger('submit', event.detail))"

# What the page script says or names, by the `data-` attribute that it finds it in.
_SCRIPT_TEXTS = {
    "panel": "chat.panel",
    "conversation": "chat.conversation",
    "question": "chat.question",
    "all-reports": "chat.all_reports",
    "remove": "page.remove",
    "stopped": "chat.stopped",
}

_LOGGER = logging.getLogger(__name__)


def mount_chat(app: FastAPI, service: Service, *, examples: Callable[[], Sequence[str]]) -> None:
    """Serve the chat page at ``/`` of the app, behind every route that it has by now.

    Args:
        app: the application; routes added later are hidden by the page's catch-all.
        service: answers the questions.
        examples: gives questions to offer before the first one is asked, where no document is
            chosen; without any, the first document's own ones are.
    """
    import gradio

    gradio.mount_gradio_app(
        app,
        _page(service, examples=examples),
        path="/",
        theme=_theme(),
        # Linked, not given as `css`: that is rewritten, and loses the colours of dark windows.
        head="".join(
            [f'<link rel="stylesheet" href="{asset(name)}">' for name in _STYLES]
            + [f'<script src="{asset(name)}" defer></script>' for name in _SCRIPTS]
        ),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
    )


def asked(
    service: Service, question: str, *, before: Sequence[Answer], documents: Sequence[str]
) -> Answer:
    """Return the answer to a question that goes on from the answers before it.

    What cannot be asked is answered by one line that says why.
    """
    id = secrets.token_hex(8)
    context = [answer.question for answer in before]
    try:
        return service.ask(question, id=id, context=context, documents=documents)
    except ReportQAError as error:
        reason = str(error)
    except Exception:
        _LOGGER.exception("a question on the chat page failed")
        reason = "an internal error; the server's log says more"
    return failed(id=id, question=question, error=reason)


def shown(answer: Answer, *, service: Service, language: str, is_new: bool) -> str:
    """Return an answer as a fragment; one that cites what has left the library says so."""
    try:
        return answer_html(answer, language=language, shelf=service.library, is_new=is_new)
    except NotFoundError:
        gone = failed(id=answer.id, question=answer.question, error=texts(language)["chat.gone"])
        return answer_html(gone, language=language, shelf=service.library, is_new=is_new)


def offered(
    service: Service,
    conversations: Conversations,
    *,
    documents: Sequence[str],
    examples: Callable[[], Sequence[str]],
    language: str,
) -> str:
    """Return the questions to click: to begin with, or to go on with after the last answer."""

    def ask(question: str) -> Answer:
        return service.ask(question, documents=documents)

    words = texts(language)
    try:
        if not conversations.answers:
            questions: Sequence[str] = () if documents else examples()
            searched = documents or list(service.library.titles())
            if searched and not questions:
                questions = opening_questions(searched[0], library=service.library, ask=ask)
            return questions_html(questions, title="")
        last = conversations.answers[-1]
        if last.status == "error":
            return ""
        title = words["chat.next"] if last.status == "answered" else words["chat.instead"]
        return questions_html(follow_ups(last, library=service.library, ask=ask), title=title)
    except ReportQAError:
        # A document may have left the library meanwhile; the answer above stands without offers.
        return ""


def _page(service: Service, *, examples: Callable[[], Sequence[str]]) -> "gradio.Blocks":
    import gradio

    def said(role: str, fragment: str) -> dict[str, object]:
        return {"role": role, "content": gradio.HTML(fragment, apply_default_css=False)}

    def messages(
        answers: Sequence[Answer], *, language: str, new: int = -1, waiting: str = ""
    ) -> list[dict[str, object]]:
        """Return the conversation; `waiting` is a question that has no answer yet."""
        found: list[dict[str, object]] = []
        for number, answer in enumerate(answers):
            is_new = number == new
            fragment = shown(answer, service=service, language=language, is_new=is_new)
            found.append(said("user", question_html(answer.question, language=language)))
            found.append(said("assistant", fragment))
        if waiting:
            found.append(said("user", question_html(waiting, language=language)))
            words = texts(language)["chat.waiting"]
            found.append(said("assistant", f'<p class="waiting" role="status">{words}</p>'))
        return found

    def answer(
        question: str, conversations: Conversations, documents: Sequence[str], language: str
    ) -> Iterator[tuple[object, ...]]:
        """Show the question at once, its answer when it is there."""
        before = conversations.answers
        working = gradio.Textbox(submit_btn=False, stop_btn=texts(language)["chat.stop"])
        ready = gradio.Textbox(submit_btn=texts(language)["chat.ask"], stop_btn=False)
        waiting = messages(before, language=language, waiting=question)
        yield working, waiting, gradio.skip(), "", gradio.skip()
        given = asked(service, question, before=before, documents=documents)
        now = conversations.with_answers([*before, given])
        chat = messages(now.answers, language=language, new=len(before))
        menu = conversations_html(now, language=language)
        yield ready, chat, menu, gradio.skip(), to_kept(now)

    def submit(
        kept: object, documents: list[str], question: str, request: gradio.Request
    ) -> Iterator[tuple[object, ...]]:
        if question.strip():
            language = _language(request)
            # Gone before the answer comes, so that what is typed meanwhile stays.
            yield "", *(gradio.skip(),) * 4
            yield from answer(question.strip(), from_kept(kept), documents, language)
        else:
            yield (gradio.skip(),) * 5

    def act(
        kept: object, documents: list[str], event: gradio.EventData, request: gradio.Request
    ) -> Iterator[tuple[object, ...]]:
        """Do what a button of a fragment says."""
        language = _language(request)
        conversations, question = _acted(from_kept(kept), event._data)
        if question:
            yield from answer(question, conversations, documents, language)
            return
        yield (
            gradio.Textbox(submit_btn=texts(language)["chat.ask"], stop_btn=False),
            messages(conversations.answers, language=language),
            conversations_html(conversations, language=language),
            "",
            to_kept(conversations),
        )

    def stop(kept: object, request: gradio.Request) -> tuple[object, ...]:
        """Show the conversation as it was before the question that is stopped."""
        language = _language(request)
        return (
            gradio.Textbox(submit_btn=texts(language)["chat.ask"], stop_btn=False),
            messages(from_kept(kept).answers, language=language),
            gradio.skip(),
            "",
            gradio.skip(),
        )

    def offer(kept: object, documents: list[str], request: gradio.Request) -> str:
        return offered(
            service,
            from_kept(kept),
            documents=documents,
            examples=examples,
            language=_language(request),
        )

    def open_page(kept: object, request: gradio.Request) -> tuple[object, ...]:
        """Fill the page in the reader's language with what the browser kept."""
        language = _language(request)
        words = texts(language)
        conversations = from_kept(kept)
        titles = service.library.titles()
        invitation = f"# {words['chat.heading']}\n\n{words['chat.invitation']}"
        chat = gradio.Chatbot(placeholder=invitation)
        if conversations.answers:
            restored = messages(conversations.answers, language=language)
            chat = gradio.Chatbot(value=restored)  # type: ignore[arg-type]
        wanted = [id for id in request.query_params.getlist("document") if id in titles]
        return (
            _framed(language),
            gradio.Textbox(
                label=words["chat.question"],
                placeholder=words["chat.question"],
                submit_btn=words["chat.ask"],
                interactive=True,
            ),
            chat,
            gradio.Dropdown(
                label=words["chat.reports"],
                info=words["chat.all_reports"],
                choices=[(f"{id} · {title}", id) for id, title in titles.items()],
                value=wanted,
                visible=len(titles) > 1,
            ),
            conversations_html(conversations, language=language),
            f"<p>{words['chat.source']}</p>",
        )

    page = gradio.Blocks(title="report-qa", analytics_enabled=False, fill_height=True)
    with page:
        kept = gradio.JSON(None, visible=False)
        acts = gradio.HTML("", visible="hidden", js_on_load=_ACTS)
        frame = gradio.HTML("", elem_id="frame", apply_default_css=False)
        with gradio.Row(elem_id="columns"):
            with gradio.Column(scale=3, elem_id="frame-content"):
                with gradio.Row(elem_id="bar"):
                    menu = gradio.HTML("", elem_id="menu", apply_default_css=False)
                    reports = gradio.Dropdown(
                        [], elem_id="reports", multiselect=True, container=False, visible=False
                    )
                chat = gradio.Chatbot(
                    elem_id="messages",
                    show_label=False,
                    render_markdown=False,
                    latex_delimiters=[],
                    layout="panel",
                    # The page itself brings a new answer into view, by its first line.
                    autoscroll=False,
                    buttons=[],
                    height="100%",
                )
                next = gradio.HTML("", elem_id="next", apply_default_css=False)
                # Open to questions once the page is filled: what fills it would hide their answers.
                box = gradio.Textbox(
                    elem_id="question", show_label=False, interactive=False, container=False
                )
            with gradio.Column(scale=2, elem_id="panel"):
                panel = gradio.HTML(
                    "",
                    html_template='<aside id="source" tabindex="0">${value}</aside>',
                    apply_default_css=False,
                )
        outputs = [box, chat, menu, next, kept]
        # What gives all it has at once goes past Gradio's queue. The queue closes its stream of
        # messages when nothing is left to do, and a question that comes at that very moment would
        # wait for ever for its answer.
        opened = page.load(
            open_page,
            [kept],
            [frame, box, chat, reports, menu, panel],
            show_progress="hidden",
            api_visibility="private",
            queue=False,
            js=_REMEMBERED,
        )

        def offer_on(trigger: Callable[..., object]) -> None:
            # One after the other: the last one is of what is shown last.
            trigger(
                offer,
                [kept, reports],
                next,
                show_progress="hidden",
                api_visibility="private",
                queue=False,
                trigger_mode="always_last",
                js=_REMEMBERED,
            )

        def answer_on(
            trigger: Callable[..., "gradio.events.Dependency"],
            handler: Callable[..., object],
            inputs: Sequence[object],
        ) -> "gradio.events.Dependency":
            event = trigger(
                handler,
                inputs,
                outputs,
                show_progress="hidden",
                api_visibility="private",
                concurrency_limit=_CONCURRENT_QUESTION_COUNT,
                trigger_mode="multiple",
                js=_REMEMBERED,
            )
            saved = event.then(None, [kept], None, api_visibility="private", js=_KEEP)
            offer_on(saved.then)
            return event

        events: list[dict[str, object]] = [
            answer_on(box.submit, submit, [kept, reports, box]),
            answer_on(acts.submit, act, [kept, reports]),
        ]
        box.stop(
            stop,
            [kept],
            outputs,
            cancels=events,
            api_visibility="private",
            queue=False,
            js=_REMEMBERED,
        )
        offer_on(opened.then)
        offer_on(reports.change)
    return page


def _acted(conversations: Conversations, said: Mapping[str, object]) -> tuple[Conversations, str]:
    """Return the conversations after what a button says, and the question to ask, if any.

    To ask anew, as it was or edited, drops the answer and those that came after it.
    """
    id, question = str(said.get("id", "")), str(said.get("question", "")).strip()
    match said.get("act"):
        case "ask":
            return conversations, question
        case "retry" | "edit":
            ids = [answer.id for answer in conversations.answers]
            kept = conversations.answers[: ids.index(id)] if id in ids else conversations.answers
            return _with_only(conversations, kept), question
        case "new":
            return conversations.shown(""), ""
        case "show":
            return conversations.shown(id), ""
        case "delete":
            return conversations.without(id), ""
        case "rename":
            return conversations.renamed(str(said.get("name", ""))), ""
    return conversations, ""


def _with_only(conversations: Conversations, answers: Sequence[Answer]) -> Conversations:
    """Return the conversations with fewer answers in the current one, which stays as it is."""
    return replace(
        conversations,
        all=tuple(
            replace(one, answers=tuple(answers)) if one.id == conversations.current else one
            for one in conversations.all
        ),
    )


def _framed(language: str) -> str:
    """Return the page's header, with the language and direction that the whole page takes."""
    above = header(language=language, here="/")
    heading = f'<h1 class="visually-hidden">{texts(language)["chat.heading"]}</h1>'
    words = {name: texts(language)[key] for name, key in _SCRIPT_TEXTS.items()}
    told = {"language": language, "direction": direction(language), **words}
    data = " ".join(f'data-{name}="{escape(text)}"' for name, text in told.items())
    return f"<div {data}>{above}{heading}</div>"


def _language(request: "gradio.Request") -> str:
    return chosen_language(
        cookie=request.cookies.get(COOKIE), accepted=request.headers.get("accept-language")
    )


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
