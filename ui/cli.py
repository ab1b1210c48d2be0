"""The command line."""

import io
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from ingest.errors import LibraryError, QuestionFileError, ReportQAError

if TYPE_CHECKING:
    from index.library import AddedDocument, Library
    from qa.service import Service

LISTED_COUNT = 20
"""Documents of one file that are told one by one; a passage file can hold thousands."""


class _Group(click.Group):
    """Turns errors into one line and the exit status of the interface."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, Exit):
            raise  # click's own, with their own words and status
        except BrokenPipeError:
            # What read the output has gone, as `head` does; nothing is left to be said.
            sys.stderr.close()
            ctx.exit(1)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            told = str(error)
            if not isinstance(error, ReportQAError):
                told = f"{type(error).__name__}: {error} (report-qa --debug ... shows where)"
            click.echo(f"report-qa: {' '.join(told.splitlines())}", err=True)
            _drop_unwritten()
            ctx.exit(2 if isinstance(error, QuestionFileError) else 1)


def _drop_unwritten() -> None:
    """Drop output that cannot be written, or the interpreter fails on it once more as it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _as_text(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return an argument that is text, which the bytes of a command line need not be."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise click.BadParameter(
            "found bytes that are no UTF-8 text, expected text; change its encoding"
        ) from error
    return value


_library = click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the library; else $REPORT_QA_LIBRARY, else your own, with the bundled report.",
)
_documents = click.option(
    "--document", "documents", multiple=True, metavar="ID", help="Answer from this one (repeat)."
)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show tracebacks and what the program does.")
@click.version_option(package_name="report-qa", prog_name="report-qa")
def main(debug: bool) -> None:
    """Ask questions of official reports; every answer cites its numbered paragraphs.

    Example: report-qa ask "2011年缉获了多少公斤可卡因？"
    """
    logging.basicConfig(format="%(message)s", stream=sys.stderr, level=logging.WARNING)
    # Results are UTF-8 wherever they go, also where the locale's encoding has no such characters.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    for package in ("ingest", "index", "qa", "ui"):
        logging.getLogger(package).setLevel(logging.DEBUG if debug else logging.INFO)


@main.command()
@click.argument("question", callback=_as_text)
@click.option("--json", "as_json", is_flag=True, help="Print the answer record as JSON.")
@_documents
@click.option(
    "--top-k",
    type=click.IntRange(1, 100),
    default=10,
    show_default=True,
    help="Length of the ranking.",
)
@_library
def ask(
    question: str, as_json: bool, documents: Sequence[str], top_k: int, library: Path | None
) -> None:
    """Answer one QUESTION.

    Example: report-qa ask "What does paragraph 25(a) say?" --json
    """
    from qa.record import to_record
    from ui.render import to_text

    with _service(library) as service:
        answer = service.ask(question, documents=documents, top_k=top_k)
    click.echo(_json(to_record(answer)) if as_json else to_text(answer))


@main.command()
@click.argument("questions", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "answers",
    type=click.Path(path_type=Path),
    required=True,
    help="Where the answers go: .jsonl, .csv, .xlsx, .md or .docx.",
)
@_documents
@_library
@click.option(
    "--resume/--no-resume",
    default=True,
    show_default=True,
    help="Keep the answers that are there already, or ask everything again.",
)
def batch(
    questions: Path,
    answers: Path,
    documents: Sequence[str],
    library: Path | None,
    resume: bool,
) -> None:
    """Answer every question of a file: .txt, .csv, .tsv, .xlsx or .jsonl.

    Example: report-qa batch questions.xlsx -o answers.xlsx
    """
    from qa.batch import BatchProgress, run_batch

    with _service(library) as service, _progress("questions") as advance:

        def told(progress: BatchProgress) -> None:
            advance(progress.done_count, progress.total_count)

        try:
            result = run_batch(
                questions,
                answers,
                ask=service.answer,
                documents=documents,
                resume=resume,
                progress=told,
            )
        except KeyboardInterrupt:
            click.echo("interrupted; the same command again goes on from here", err=True)
            raise
    click.echo(
        f"{answers}: {result.answered_count} answered, {result.not_found_count} not found, "
        f"{result.failed_count} failed ({result.kept_count} kept from before)",
        err=True,
    )
    if result.failed_count:
        sys.exit(1)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7860,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@_library
def serve(host: str, port: int, library: Path | None) -> None:
    """Serve the chat page and the REST API.

    Example: report-qa serve --port 8000
    """
    from ui import api
    from ui.bootstrap import example_questions
    from ui.settings import load_settings

    with _service(library) as service:
        service.warm_up()
        app = api.create_app(
            service, data_folder=load_settings().data, examples=example_questions()
        )
        api.serve(app, host, port)


@main.command("eval")
@click.argument("questions", type=click.Path(path_type=Path, exists=True))
@click.option(
    "-o",
    "--output",
    "report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a report with plots (HTML).",
)
@_library
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    help="Of a folder, only the collections called so; * and ? stand for anything (repeat).",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help="Ask so many questions of each file, drawn by chance but always the same ones.",
)
@click.option(
    "--distractors",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Passage file that cross-lingual collections are searched in as well as in their own.",
)
def evaluate(
    questions: Path,
    report: Path | None,
    library: Path | None,
    only: Sequence[str],
    limit: int | None,
    distractors: Path | None,
) -> None:
    """Measure the answers against QUESTIONS with gold, or a folder of collections.

    A folder's collections bring their own passages; --library is for a question file, and for
    question files of a folder that has no passages. The server's page /quality shows what was
    measured last.

    Example: report-qa eval data/questions/ctoc-cop-2012-10.jsonl -o evaluation.html
    """
    from qa.benchmark import evaluate_collections, find_collections
    from qa.eval_table import render_groups, render_summary
    from qa.evaluation import evaluate as evaluate_file
    from qa.evaluation_store import KeptEvaluation, keep_evaluation
    from ui.evaluations import FOLDER_NAME
    from ui.examination import examinee, service_examinee
    from ui.settings import load_settings

    if report is not None and not report.absolute().parent.is_dir():
        # Said now, not after the minutes that measuring can take.
        raise click.BadParameter(f"{report.parent} is no folder that exists", param_hint="-o")
    if not questions.is_dir() and (only or distractors):
        raise click.UsageError("--only and --distractors are for a folder of collections")
    with _progress("questions") as advance, _progress("passages") as load:
        if questions.is_dir():
            collections = find_collections(questions, only=only)
            if distractors and not any(one.is_cross_lingual for one in collections):
                raise click.UsageError(
                    "--distractors is for cross-lingual collections, of which none is chosen"
                )
            examinee_of = partial(
                examinee, load_settings(), named=library, distractors=distractors, progress=load
            )
            evaluations = evaluate_collections(
                collections, examinee_of, limit=limit, progress=advance
            )
        else:
            with _service(library) as service:
                examined = service_examinee(service)
                evaluations = [evaluate_file(questions, examined, limit=limit, progress=advance)]
    click.echo(render_summary(evaluations))
    if not questions.is_dir():
        click.echo("\n" + render_groups(evaluations[0]))
    if report is not None:
        from qa.eval_report import write_html

        write_html(evaluations, report)
    for evaluation in evaluations:
        kept = KeptEvaluation(finished=datetime.now(UTC), evaluation=evaluation)
        keep_evaluation(kept, load_settings().data / FOLDER_NAME)


@main.group()
def documents() -> None:
    """Add, list, show, rename and remove the documents of a library.

    Example: report-qa documents add report.txt
    """


@documents.command()
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@_library
@click.option("--json", "as_json", is_flag=True, help="Print what was found as a JSON array.")
@click.option("--symbol", help="The document's symbol, instead of the recognised one.")
@click.option("--title", help="Its title, instead of the recognised one.")
@click.option(
    "--language",
    type=click.Choice(["zh", "en", "fr", "es", "ru", "ar"]),
    help="Its language, instead of the recognised one.",
)
def add(
    files: Sequence[Path],
    library: Path | None,
    as_json: bool,
    symbol: str | None,
    title: str | None,
    language: str | None,
) -> None:
    """Add reports (.txt, .docx, .pdf, .html, .md) or ready-made passages (.jsonl, .jsonl.gz).

    Of a folder, every such file in it and below is added, but for hidden ones.

    Example: report-qa documents add A-67-305.txt --symbol A/67/305
    """
    from ui.records import AddedRecord, FailedRecord, added_record, failed_record

    records: list[AddedRecord | FailedRecord] = []

    def fail(path: Path, error: ReportQAError) -> None:
        click.echo(f"report-qa: {error}", err=True)
        records.append(failed_record(path, error))

    paths = _files_of(files, fail=fail)
    with _opened(library, create=True) as opened:
        for number, path in enumerate(paths, start=1):
            told = f"{path.name} ({number} of {len(paths)})" if len(paths) > 1 else path.name
            try:
                with _progress("passages", told) as advance:
                    added = opened.add(
                        path, symbol=symbol, title=title, language=language, progress=advance
                    )
            except LibraryError:
                raise  # the next file would meet the same
            except ReportQAError as error:
                fail(path, error)
            else:
                records += [added_record(path, document) for document in added]
                _tell_added(path, added, listed=not as_json)
    if as_json:
        click.echo(_json([asdict(record) for record in records]))
    if any(isinstance(record, FailedRecord) for record in records):
        sys.exit(1)


@documents.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@_library
def list_documents(as_json: bool, library: Path | None) -> None:
    """List the documents of the library.

    Example: report-qa documents list --json
    """
    from ui.records import summary_record

    with _opened(library) as opened:
        summaries = opened.documents()
    if as_json:
        click.echo(_json([asdict(summary_record(summary)) for summary in summaries]))
        return
    for summary in summaries:
        click.echo(
            f"{summary.document}  {summary.language}  {summary.paragraph_count}  {summary.title}"
        )


@documents.command()
@click.argument("document", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print the document record as JSON.")
@click.option("--paragraph", metavar="P", help="Show this paragraph only.")
@_library
def show(document: str, as_json: bool, paragraph: str | None, library: Path | None) -> None:
    """Show the document ID with its numbered paragraphs.

    Example: report-qa documents show CTOC/COP/2012/10 --paragraph "25(a)"
    """
    from ui.records import document_record, paragraph_record

    with _opened(library) as opened:
        if paragraph is not None:
            one = opened.paragraph(document, paragraph)
            if not as_json:
                click.echo(one.text)
                return
            editions = opened.editions(document)
            click.echo(_json(asdict(paragraph_record(one, editions=editions))))
            return
        stored, editions = opened.document(document), opened.editions(document)
    if as_json:
        click.echo(_json(asdict(document_record(stored, editions=editions))))
        return
    click.echo(f"{stored.summary.document}  {stored.summary.title}")
    for name, value in asdict(stored.summary.presentation).items():
        if value is not None:
            click.echo(f"{name.replace('_', ' ')}: {value}")
    click.echo(stored.summary.found)
    section: tuple[str, ...] = ()
    for one in stored.paragraphs:
        if one.section != section:
            section = one.section
            click.echo("\n" + " · ".join(section))
        click.echo(f"{one.label}  {one.text}")


@documents.command()
@click.argument("document", metavar="ID")
@click.argument("title", callback=_as_text)
@_library
def rename(document: str, title: str, library: Path | None) -> None:
    """Give the document ID another TITLE; its id stays.

    Example: report-qa documents rename CTOC/COP/2012/10 "Technical assistance"
    """
    with _opened(library) as opened:
        renamed = opened.rename(document, title)
    click.echo(f"renamed {renamed.document}: {renamed.title}")


@documents.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_library
def remove(ids: Sequence[str], library: Path | None) -> None:
    """Remove documents from the library.

    Example: report-qa documents remove CTOC/COP/2012/10
    """
    failed = False
    with _opened(library) as opened:
        for document in ids:
            try:
                opened.remove(document)
            except LibraryError:
                raise
            except ReportQAError as error:
                click.echo(f"report-qa: {error}", err=True)
                failed = True
            else:
                click.echo(f"removed {document}")
    if failed:
        sys.exit(1)


@documents.command()
@_library
def rebuild(library: Path | None) -> None:
    """Read and embed the kept originals again, after another model or version was chosen.

    Example: REPORT_QA_MODEL=BAAI/bge-m3 report-qa documents rebuild
    """
    from ui.bootstrap import rebuild_library
    from ui.settings import load_settings

    with _progress("passages") as advance:
        rebuilt = rebuild_library(load_settings(), named=library, progress=advance)
    count = len(rebuilt.documents())
    rebuilt.close()
    click.echo(f"rebuilt {rebuilt.folder}: {count} documents")


@contextmanager
def _opened(named: Path | None, *, create: bool = False) -> "Iterator[Library]":
    """Open the library and close it again."""
    from ui.bootstrap import open_library
    from ui.settings import load_settings

    library = open_library(load_settings(), named=named, create=create)
    try:
        yield library
    finally:
        library.close()


@contextmanager
def _service(named: Path | None) -> "Iterator[Service]":
    from ui.bootstrap import build_service

    with _opened(named) as library:
        yield build_service(library)


def _files_of(given: Sequence[Path], *, fail: Callable[[Path, ReportQAError], None]) -> list[Path]:
    """Return the files that are given, a folder's in its place; calls `fail` with each error."""
    from ingest.read import find_files

    paths: list[Path] = []
    for path in given:
        if not path.is_dir():
            paths.append(path)
            continue
        found, errors = find_files(path)
        paths += found
        for error in errors:
            fail(path, error)
    return paths


@contextmanager
def _progress(unit: str, work: str | None = None) -> Iterator[Callable[[int, int], None]]:
    """Show how far the work is and how long it will still take, where there is a terminal."""
    from tqdm import tqdm

    bar: tqdm[object] | None = None

    def advance(done_count: int, total_count: int) -> None:
        nonlocal bar
        if bar is None or bar.total != total_count or done_count < bar.n:
            if bar is not None:
                bar.close()
            bar = tqdm(
                desc=work,
                total=total_count,
                initial=done_count,
                unit=f" {unit}",
                file=sys.stderr,
                disable=None,  # unless standard error is a terminal
            )
        bar.update(done_count - bar.n)
        if done_count == total_count:  # what comes next has a bar of its own
            bar.close()
            bar = None

    try:
        yield advance
    finally:
        if bar is not None:
            bar.close()


def _tell_added(path: Path, added: "Sequence[AddedDocument]", *, listed: bool) -> None:
    for document in added[:LISTED_COUNT] if listed else ():
        click.echo(f"{document.change} {document.document}: {document.summary}")
    if listed and len(added) > LISTED_COUNT:
        click.echo(f"... and {len(added) - LISTED_COUNT} more documents from {path.name}")
    for document in added:
        if document.change == "replaced":
            click.echo(
                f"{document.document} was there already and has been replaced by {path.name}",
                err=True,
            )


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    main()
