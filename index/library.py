"""The library: one folder that keeps reports, their paragraphs, vectors and search terms.

Everything stands in one SQLite file, so that a document is there as a whole or not at all,
whatever interrupts the program; several processes may read while one writes. What searches need
beyond SQL (`index.dense`) is derived from it and carries its generation number.
"""

import hashlib
import json
import logging
import os
import re
import sqlite3
import tempfile
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedder import Embedder
from index.lexical import PAIR, is_listed, simplified, terms, words
from index.names import definitions
from ingest.errors import InputError, LibraryError, NotFoundError
from ingest.formats import PACKED_PASSAGES, PASSAGES
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.presentation import Presentation, find_presentation
from ingest.read import PARSER_VERSION
from ingest.reading_process import read_reports_apart
from ingest.report import FRONT_MATTER, Contents, Counts, Paragraph, Report, Span
from ingest.sentences import prose, split_sentences

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

FILE_NAME = "library.sqlite3"
SCHEMA_VERSION = 6
_OLDER_VERSIONS = ("1", "2", "3", "4", "5")
BUSY_SECONDS = 60.0
"""How long a process waits for another one to finish writing."""
LONGEST_TITLE = 500
"""Characters that a title may have; the longest that the United Nations gave have some 300."""
EMBED_CHUNK = 64
"""Texts embedded between two commits: what an interruption costs at most."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, content BLOB NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, symbol TEXT NOT NULL, language TEXT NOT NULL,
    title TEXT NOT NULL, title_terms TEXT NOT NULL, numbered INTEGER NOT NULL,
    file TEXT NOT NULL REFERENCES files (sha256), options TEXT NOT NULL,
    parser_version INTEGER NOT NULL, summary TEXT NOT NULL, findings TEXT,
    new_title TEXT, presentation TEXT NOT NULL DEFAULT '', UNIQUE (symbol, language));
CREATE TABLE paragraphs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, ordinal INTEGER NOT NULL, label TEXT NOT NULL, section TEXT NOT NULL,
    page INTEGER, text TEXT NOT NULL, source_start INTEGER NOT NULL, source_end INTEGER NOT NULL,
    term_count INTEGER NOT NULL, called_by TEXT, UNIQUE (document, label));
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    paragraph INTEGER NOT NULL REFERENCES paragraphs (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text_hash BLOB NOT NULL);
CREATE INDEX passages_by_paragraph ON passages (paragraph);
CREATE INDEX passages_by_hash ON passages (text_hash);
CREATE TABLE vectors (text_hash BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE postings (
    term TEXT NOT NULL,
    paragraph INTEGER NOT NULL REFERENCES paragraphs (id) ON DELETE CASCADE,
    frequency INTEGER NOT NULL, PRIMARY KEY (term, paragraph)) WITHOUT ROWID;
CREATE INDEX postings_by_paragraph ON postings (paragraph);
"""
# Of front matter and footnotes only what stands in sentences is searched; the rest has no terms.
_WHOLLY_SEARCHED = "kind IN ('paragraph', 'table')"
_SEARCHABLE = f"({_WHOLLY_SEARCHED} OR term_count > 0)"
_NAMES_SCHEMA = """
CREATE TABLE names (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    name TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (document, name, other)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """What a list of documents shows of one.

    Attributes:
        document: its id in the library: the symbol, for a further language edition with
            ``@<language>`` behind it.
        source: name of the file it was read from.
        sha256: of that file's bytes, hexadecimal.
        paragraph_count: numbered paragraphs and sub-items.
        presentation: session, agenda item and dates, as its front matter gives them.
        found: what the parser said it found, in one line.
        findings: what looked odd to it, in full; None where it was read before these were kept.
    """

    document: str
    symbol: str
    title: str
    language: str
    numbered: bool
    source: str
    sha256: str
    paragraph_count: int
    presentation: Presentation
    found: str
    findings: tuple[str, ...] | None

    @property
    def is_of_passages(self) -> bool:
        """Whether it was read from a file of ready-made passages and not from a report."""
        return self.source.lower().endswith((*PASSAGES.suffixes, *PACKED_PASSAGES.suffixes))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument(Contents):
    """A document of the library with all that can be cited of it."""

    summary: DocumentSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Another language edition of a document.

    Attributes:
        document: its id.
        labels: the labels that both editions have for the same kind of thing; none where one of
            them does not number its paragraphs itself.
    """

    document: str
    language: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedDocument:
    """What `Library.add` did with one document.

    Attributes:
        document: its id.
        change: ``added``, ``replaced`` or ``unchanged``.
        summary: what was found in it, one line.
        findings: what looked odd, in full.
    """

    document: str
    change: str
    summary: str
    title: str
    language: str
    presentation: Presentation
    numbered: bool
    counts: Counts
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedParagraph:
    """What the searches need to know of a paragraph: its key, document and length in terms."""

    key: int
    document: str
    term_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedPassage:
    """One embedded range of a paragraph: a ``window`` or a ``sentence``, with its vector (d,)."""

    paragraph: int
    kind: str
    span: Span
    vector: "NDArray[numpy.float32]"


class Library:
    """A library folder, opened for reading and writing. Safe to use from several threads."""

    def __init__(
        self,
        folder: Path,
        *,
        embedder: Embedder,
        cache_folder: Path,
        limits: Limits = DEFAULT_LIMITS,
        rebuilding: bool = False,
    ) -> None:
        """Open the library in `folder`; with `rebuilding`, also one of another model.

        Files that are added are read within `limits`.

        Raises:
            LibraryError: there is none, or it is damaged, of another version, or was made with
                another model than `embedder`.
        """
        self.folder = folder
        self.embedder = embedder
        self._cache_folder = cache_folder
        self._limits = limits
        self._lock = threading.RLock()
        self._known: tuple[int, dict[str, DocumentSummary]] | None = None
        self._titled: tuple[int, dict[str, list[str]]] | None = None
        path = folder / FILE_NAME
        if not path.is_file():
            raise LibraryError(
                f"there is no library in {folder}; `report-qa documents add FILE "
                f"--library {folder}` makes one"
            )
        with _translated(folder):
            self._database = _connect(path)
            meta = dict(self._database.execute("SELECT key, value FROM meta"))
        if meta.get("schema") in _OLDER_VERSIONS:
            try:
                self._bring_up_to_date()
            except LibraryError as error:
                self.close()
                raise LibraryError(
                    f"the library in {folder} is of version {meta['schema']} and cannot be "
                    f"brought up to version {SCHEMA_VERSION} ({error.__cause__}); open it once "
                    "where it can be written"
                ) from error
        elif meta.get("schema") != str(SCHEMA_VERSION):
            self.close()
            raise LibraryError(
                f"the library in {folder} is of version {meta.get('schema')}, this program needs "
                f"version {SCHEMA_VERSION}; move the folder away and add the documents again"
            )
        if not rebuilding:
            try:
                self.generation()
            except LibraryError:
                self.close()
                raise

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        embedder: Embedder,
        cache_folder: Path,
        limits: Limits = DEFAULT_LIMITS,
    ) -> "Library":
        """Make an empty library in `folder` if there is none, and open it.

        Raises:
            LibraryError: the folder cannot be written, or as for opening.
        """
        path = folder / FILE_NAME
        if not path.exists():
            with _translated(folder):
                folder.mkdir(parents=True, exist_ok=True)
                # Made beside and renamed into place: an interruption leaves no half library.
                draft = folder / f".{FILE_NAME}.{os.getpid()}"
                draft.unlink(missing_ok=True)
                database = sqlite3.connect(draft)
                database.executescript(_SCHEMA + _NAMES_SCHEMA)
                database.executemany(
                    "INSERT INTO meta VALUES (?, ?)",
                    [
                        ("schema", str(SCHEMA_VERSION)),
                        ("model", embedder.name),
                        ("generation", "1"),
                    ],
                )
                database.commit()
                database.close()
                try:
                    os.link(draft, path)  # unlike a rename, never over one made meanwhile
                except FileExistsError:
                    pass
                except OSError:  # a file system without hard links
                    draft.replace(path)
                finally:
                    draft.unlink(missing_ok=True)
        return cls(folder, embedder=embedder, cache_folder=cache_folder, limits=limits)

    @classmethod
    def rebuild(
        cls,
        folder: Path,
        *,
        embedder: Embedder,
        cache_folder: Path,
        limits: Limits = DEFAULT_LIMITS,
        progress: Callable[[int, int], None] | None = None,
    ) -> "Library":
        """Read every kept original again and embed it with `embedder`.

        All of it is one change: until it is complete, and after any failure, the library is what
        it was. Documents keep their ids and places; removed ones stay removed.

        Raises:
            LibraryError: as for opening, but for the model.
            DocumentError: a kept original cannot be read by this version of the parser.
        """
        library = cls(
            folder, embedder=embedder, cache_folder=cache_folder, limits=limits, rebuilding=True
        )
        try:
            with library._transaction() as database:
                database.execute("UPDATE meta SET value = ? WHERE key = 'model'", (embedder.name,))
                database.execute("DELETE FROM vectors")
                database.execute("UPDATE documents SET parser_version = 0")  # none is up to date
                for file, options in database.execute(
                    "SELECT file, options FROM documents GROUP BY file, options"
                    " ORDER BY min(position)"
                ).fetchall():
                    library._read_again(file, options, progress=progress)
                # What this version of the parser finds under another symbol stands there now.
                database.execute("DELETE FROM documents WHERE parser_version = 0")
                _drop_unused(database, [])
        except BaseException:
            library.close()
            raise
        return library

    def close(self) -> None:
        """Close the file when nothing is read from it; what is called afterwards is an error."""
        with self._lock:
            self._database.close()

    # Reading

    def generation(self) -> int:
        """Return a number that rises with every change of the library.

        Raises:
            LibraryError: the library is of another model, since another program has rebuilt it.
        """
        meta = dict(self._all("SELECT key, value FROM meta WHERE key IN ('generation', 'model')"))
        if meta.get("model") != self.embedder.name:
            raise LibraryError(
                f"the library in {self.folder} was made with the model {meta.get('model')}, but "
                f"{self.embedder.name} is set; set REPORT_QA_MODEL back, or run `report-qa "
                f"documents rebuild --library {self.folder}` to embed it anew"
            )
        return int(meta["generation"])

    def documents(self) -> list[DocumentSummary]:
        """Return all documents in the order in which they were first added."""
        return list(self._catalogue().values())

    def has(self, document: str) -> bool:
        """Return whether the library holds a document of this id."""
        return document in self._catalogue()

    @property
    def cache_folder(self) -> Path:
        """Where prepared models and dictionaries are kept."""
        return self._cache_folder

    def titles(self) -> dict[str, str]:
        """Return each document's title by id; empty where it has none."""
        return {summary.document: summary.title for summary in self._catalogue().values()}

    def documents_by_title(self) -> Mapping[str, Sequence[str]]:
        """Return the documents that bear each title, which is given in Simplified script."""
        generation = self.generation()
        with self._lock:
            if self._titled is None or self._titled[0] != generation:
                by_title: dict[str, list[str]] = {}
                for document, title in self.titles().items():
                    by_title.setdefault(simplified(title), []).append(document)
                self._titled = (generation, by_title)
            return self._titled[1]

    def languages(self) -> dict[str, str]:
        """Return the language of every document by its id."""
        return {document: known.language for document, known in self._catalogue().items()}

    def document(self, document: str) -> StoredDocument:
        """Return a document with its paragraphs.

        Raises:
            NotFoundError: the library does not hold it.
        """
        summary = self.summary(document)
        by_kind: dict[str, list[Paragraph]] = {
            "paragraph": [],
            "table": [],
            "front matter": [],
            "footnote": [],
        }
        for kind, *row in self._all(
            f"SELECT kind, {_PARAGRAPH_COLUMNS} FROM paragraphs WHERE document = ?"
            " ORDER BY ordinal",
            document,
        ):
            by_kind[kind].append(_paragraph(row))
        return StoredDocument(
            summary=summary,
            paragraphs=tuple(by_kind["paragraph"]),
            front_matter=tuple(by_kind["front matter"]),
            footnotes=tuple(by_kind["footnote"]),
            tables=tuple(by_kind["table"]),
        )

    def paragraph(self, document: str, label: str) -> Paragraph:
        """Return one paragraph, table row, footnote or piece of front matter.

        Raises:
            NotFoundError: the library does not hold the document, or the document no such label.
        """
        rows = self._all(
            f"SELECT {_PARAGRAPH_COLUMNS} FROM paragraphs WHERE document = ? AND label = ?",
            document,
            label,
        )
        if rows:
            return _paragraph(rows[0])
        if not self.has(document):
            raise self.unknown_document(document)
        labels = [
            row[0]
            for row in self._all(
                "SELECT label FROM paragraphs WHERE document = ? ORDER BY ordinal", document
            )
        ]
        raise NotFoundError(
            f"{document} has no paragraph {label!r}; its labels go from {labels[0]} to {labels[-1]}"
        )

    def heads(self, *, documents: Sequence[str]) -> list[tuple[str, Paragraph]]:
        """Return the front matter of `documents` (empty: of all) that has one, in their order."""
        rows = self._all(
            f"SELECT d.id, {_PARAGRAPH_COLUMNS} FROM paragraphs"
            " JOIN documents d ON d.id = document WHERE kind = 'front matter' AND label = ?"
            f"{_within(documents)} ORDER BY d.position",
            FRONT_MATTER,
            *documents,
        )
        return [(row[0], _paragraph(row[1:])) for row in rows]

    def summary(self, document: str) -> DocumentSummary:
        """Return what a list of documents shows of one.

        Raises:
            NotFoundError: the library does not hold it.
        """
        summary = self._catalogue().get(document)
        if summary is None:
            raise self.unknown_document(document)
        return summary

    def neighbours(self, document: str, label: str) -> tuple[Paragraph | None, Paragraph | None]:
        """Return what stands before and after a paragraph (or table row, ...) among its kind.

        Raises:
            NotFoundError: the library does not hold the document, or the document no such label.
        """
        self.paragraph(document, label)  # says what is missing
        ((kind, ordinal),) = self._all(
            "SELECT kind, ordinal FROM paragraphs WHERE document = ? AND label = ?",
            document,
            label,
        )

        def nearest(comparison: str, order: str) -> Paragraph | None:
            rows = self._all(
                f"SELECT {_PARAGRAPH_COLUMNS} FROM paragraphs WHERE document = ? AND kind = ?"
                f" AND ordinal {comparison} ? ORDER BY ordinal {order} LIMIT 1",
                document,
                kind,
                ordinal,
            )
            return _paragraph(rows[0]) if rows else None

        return nearest("<", "DESC"), nearest(">", "ASC")

    def editions(self, document: str) -> tuple[Edition, ...]:
        """Return the other editions of a document's symbol, in the library's order.

        Raises:
            NotFoundError: the library does not hold the document.
        """
        own = self.summary(document)
        return tuple(
            Edition(
                document=other.document,
                language=other.language,
                labels=self._shared_labels(own, other),
            )
            for other in self._catalogue().values()
            if other.symbol == own.symbol and other.document != document
        )

    def _shared_labels(self, one: DocumentSummary, other: DocumentSummary) -> frozenset[str]:
        # Numbers that were only counted here need not mean the same paragraph.
        if not (one.numbered and other.numbered):
            return frozenset()
        rows = self._all(
            "SELECT label, kind FROM paragraphs WHERE document = ?"
            " INTERSECT SELECT label, kind FROM paragraphs WHERE document = ?",
            one.document,
            other.document,
        )
        return frozenset(label for label, _ in rows)

    def numbered(self, number: str) -> list[tuple[str, Paragraph]]:
        """Return the paragraphs of every document and annex that bear `number`, and their items.

        A number that was used twice gives both. In the order of the library, each with its
        document's id.
        """
        rows = self._all(
            f"SELECT d.id, {_PARAGRAPH_COLUMNS} FROM paragraphs"
            " JOIN documents d ON d.id = document WHERE kind = 'paragraph'"
            " AND ('/' || label || '(' GLOB '*/' || ?1 || '[(#]*') ORDER BY d.position, ordinal",
            number,
        )
        return [(row[0], _paragraph(row[1:])) for row in rows]

    def key_of(self, document: str, label: str) -> int:
        """Return the key by which the searches know a paragraph that the library holds."""
        key = self._one(
            "SELECT id FROM paragraphs WHERE document = ? AND label = ?", document, label
        )[0]
        assert isinstance(key, int)
        return key

    def paragraphs_at(self, keys: Sequence[int]) -> dict[int, tuple[str, Paragraph]]:
        """Return the document id and the paragraph of each key that the searches gave."""
        rows = self._all(
            f"SELECT id, document, {_PARAGRAPH_COLUMNS} FROM paragraphs"
            f" WHERE id IN ({','.join('?' * len(keys))})",
            *keys,
        )
        return {row[0]: (row[1], _paragraph(row[2:])) for row in rows}

    def unknown_document(self, document: str) -> NotFoundError:
        """Return the error that says that the library does not hold `document`."""
        held = list(self._catalogue())
        shown = ", ".join(held[:5]) + (f" and {len(held) - 5} more" if len(held) > 5 else "")
        return NotFoundError(
            f"the library holds no document {document!r}; it holds {shown or 'none'}"
        )

    def mentions(self, text: str, *, documents: Sequence[str]) -> bool:
        """Return whether anything in `documents` (empty: in all) contains `text` as it stands."""
        return bool(
            self._all(
                "SELECT 1 FROM paragraphs WHERE instr(text, ?)" + _within(documents) + " LIMIT 1",
                text,
                *documents,
            )
        )

    def mentions_year(self, year: str, *, documents: Sequence[str]) -> bool:
        """Return whether `documents` (empty: all) name a year, or a range of years round it."""
        summaries = self._catalogue()
        titles = (summaries[document].title for document in documents or summaries)
        if any(year in title for title in titles):
            return True
        within = _within(documents)
        for start, end in [(year, year)] + [
            (match[1], match[2])
            for (term,) in self._all(
                "SELECT DISTINCT term FROM postings WHERE term >= '1' AND term < '3'"
                " AND term GLOB '[12][0-9][0-9][0-9]-[12][0-9][0-9][0-9]'"
            )
            if (match := re.match(r"(\d{4})-(\d{4})", term))
        ]:
            if start <= year <= end and self._all(
                "SELECT 1 FROM postings JOIN paragraphs ON id = paragraph WHERE term = ?"
                + within
                + " LIMIT 1",
                year if start == end else f"{start}-{end}",
                *documents,
            ):
                return True
        return bool(
            self._all(
                f"SELECT 1 FROM paragraphs WHERE NOT {_WHOLLY_SEARCHED} AND instr(text, ?)"
                + within
                + " LIMIT 1",
                year,
                *documents,
            )
        )

    def original(self, document: str) -> tuple[str, bytes]:
        """Return the name and the bytes of the file that a document was read from.

        Raises:
            NotFoundError: the library does not hold the document.
        """
        rows = self._all(
            "SELECT name, content FROM files WHERE sha256 ="
            " (SELECT file FROM documents WHERE id = ?)",
            document,
        )
        if not rows:
            raise self.unknown_document(document)
        return rows[0][0], zlib.decompress(rows[0][1])

    # What the searches are derived from

    def indexed_paragraphs(self) -> list[IndexedParagraph]:
        """Return all that is searched, wholly or its sentences, in the library's order."""
        return [
            IndexedParagraph(key=key, document=document, term_count=term_count)
            for key, document, term_count in self._all(
                "SELECT p.id, p.document, p.term_count FROM paragraphs p"
                f" JOIN documents d ON d.id = p.document WHERE {_SEARCHABLE}"
                " ORDER BY d.position, p.ordinal"
            )
        ]

    def indexed_passages(self) -> list[IndexedPassage]:
        """Return every embedded range with its vector, by paragraph and position."""
        import numpy

        return [
            IndexedPassage(
                paragraph=paragraph,
                kind=kind,
                span=Span(start=start, end=end),
                vector=numpy.frombuffer(vector, dtype=numpy.float32),
            )
            for paragraph, kind, start, end, vector in self._all(
                "SELECT paragraph, kind, start, end, vector FROM passages"
                " JOIN vectors USING (text_hash) ORDER BY passages.id"
            )
        ]

    def postings(self, term: str) -> list[tuple[int, int]]:
        """Return (paragraph key, frequency) of the paragraphs that contain a search term."""
        return self._all("SELECT paragraph, frequency FROM postings WHERE term = ?", term)

    def title_terms(self) -> Mapping[str, frozenset[str]]:
        """Return the search terms of each document's title by the document's id."""
        rows = self._all("SELECT id, title_terms FROM documents ORDER BY position")
        return {document: frozenset(found.split()) for document, found in rows}

    def known_words(self) -> dict[str, int]:
        """Return every search term but for the pairs, with how many paragraphs contain it."""
        return dict(
            self._all(
                "SELECT term, count(*) FROM postings WHERE term NOT LIKE ? GROUP BY term",
                f"{PAIR}%",
            )
        )

    def names(self) -> list[tuple[str, str]]:
        """Return the pairs of names that the documents define as names of the same thing."""
        return self._all(
            "SELECT name, other FROM names JOIN documents ON id = document"
            " ORDER BY position, name, other"
        )

    def texts(self) -> list[str]:
        """Return the title of every document and the text of all that is searchable."""
        rows = self._all(
            f"SELECT title FROM documents UNION ALL SELECT text FROM paragraphs WHERE {_SEARCHABLE}"
        )
        return [text for (text,) in rows]

    def words(self, text: str) -> list[str]:
        """Return Chinese text cut into words, which together are the text again."""
        return words(text, cache_folder=self._cache_folder)

    def is_listed(self, word: str) -> bool:
        """Return whether `word` is one of the words of Chinese, whatever the library knows."""
        return is_listed(word, cache_folder=self._cache_folder)

    def search_terms(self, text: str) -> list[str]:
        """Return the search terms of a question, as the library's own texts were cut."""
        return terms(text, cache_folder=self._cache_folder)

    # Writing

    def add(
        self,
        path: Path,
        *,
        symbol: str | None = None,
        title: str | None = None,
        language: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[AddedDocument]:
        """Add the report in a file, or every document of a passage file.

        A document with the symbol and language of one that is there takes its place, and keeps the
        title that `rename` gave it unless `title` is given. Nothing is changed when anything
        fails; what was embedded until then is kept for the next try.

        Args:
            path: the file.
            symbol: instead of the recognised one; so for `title` and `language`.
            title: see `symbol`.
            language: see `symbol`.
            progress: called with the number of texts embedded so far and in all.

        Raises:
            DocumentError: the file cannot be read as a report.
            LibraryError: the library cannot be written.
        """
        options = {
            name: value
            for name, value in (("symbol", symbol), ("title", title), ("language", language))
            if value is not None
        }
        reports = read_reports_apart(path, limits=self._limits, options=options)
        return self._store(
            reports,
            name=path.name,
            content=path.read_bytes(),
            options=_options(options),
            progress=progress,
        )

    def rename(self, document: str, title: str) -> DocumentSummary:
        """Give a document another title, which stays when it is read again or replaced.

        Args:
            document: its id, which stays too.
            title: the new one; white space at its ends and line breaks are left out.

        Raises:
            InputError: the title is empty, or longer than `LONGEST_TITLE`.
            NotFoundError: the library does not hold the document.
            LibraryError: the library cannot be written.
        """
        title = " ".join(title.split())
        if not 0 < len(title) <= LONGEST_TITLE:
            raise InputError(
                f"found a title of {len(title)} characters, expected 1 to {LONGEST_TITLE}; "
                "give another one"
            )
        with self._transaction() as database:
            row = database.execute(
                "SELECT options FROM documents WHERE id = ?", (document,)
            ).fetchone()
            if row is None:
                raise self.unknown_document(document)
            # The title that came with the file counts no longer.
            options = {name: value for name, value in json.loads(row[0]).items() if name != "title"}
            database.execute(
                "UPDATE documents SET title = ?1, new_title = ?1, title_terms = ?2, options = ?3"
                " WHERE id = ?4",
                (title, self._title_terms(title), _options(options), document),
            )
        return self._catalogue()[document]

    def remove(self, document: str) -> None:
        """Remove a document with everything that only it used.

        Raises:
            NotFoundError: the library does not hold it.
            LibraryError: the library cannot be written.
        """
        with self._transaction() as database:
            outdated = _hashes_of(database, [document])
            if not database.execute("DELETE FROM documents WHERE id = ?", (document,)).rowcount:
                raise self.unknown_document(document)
            _drop_unused(database, outdated)

    def mark_bundled(self) -> None:
        """Note that the bundled report was put in once, so that removing it lasts."""
        with self._transaction() as database:
            database.execute("INSERT OR REPLACE INTO meta VALUES ('bundled', '1')")

    def is_marked_bundled(self) -> bool:
        """Return whether `mark_bundled` was called on this library."""
        return bool(self._all("SELECT 1 FROM meta WHERE key = 'bundled'"))

    def _store(
        self,
        reports: Sequence[Report],
        *,
        name: str,
        content: bytes,
        options: str,
        progress: Callable[[int, int], None] | None,
    ) -> list[AddedDocument]:
        """Write the reports of one file, as `add` says."""
        sha256 = hashlib.sha256(content).hexdigest()
        known = {
            (row[1], row[2]): (row[0], row[3:])
            for row in self._all(
                "SELECT id, symbol, language, file, options, parser_version FROM documents"
            )
        }
        fingerprint = (sha256, options, PARSER_VERSION)
        changes: list[str] = []
        for report in reports:
            before = known.get((report.symbol, report.language))
            is_same = before is not None and before[1] == fingerprint
            changes.append("unchanged" if is_same else "replaced" if before else "added")
        ids = {key: row[0] for key, row in known.items()}
        passages = [
            [] if change == "unchanged" else self._passages_of(report)
            for report, change in zip(reports, changes, strict=True)
        ]
        if set(changes) != {"unchanged"}:
            texts = [
                paragraph.text[span.start : span.end]
                for ranges in passages
                for paragraph, _, span in ranges
            ]
            self._embed(texts, progress=progress)
            with self._transaction() as database:
                # Once more, for what another program has dropped meanwhile because no document
                # used it yet.
                self._embed(texts, progress=None)
                database.execute(
                    "INSERT OR IGNORE INTO files VALUES (?, ?, ?)",
                    (sha256, name, zlib.compress(content)),
                )
                replaced = [
                    ids[report.symbol, report.language]
                    for report, change in zip(reports, changes, strict=True)
                    if change == "replaced"
                ]
                outdated = _hashes_of(database, replaced)
                for report, change, ranges in zip(reports, changes, passages, strict=True):
                    if change != "unchanged":
                        ids[report.symbol, report.language] = self._insert(
                            database, report, ranges, fingerprint
                        )
                if replaced:
                    _drop_unused(database, outdated)
        titles = self.titles()
        return [
            AddedDocument(
                document=ids[report.symbol, report.language],
                change=change,
                summary=report.summary,
                # Another program may have removed it meanwhile.
                title=titles.get(ids[report.symbol, report.language], report.title),
                language=report.language,
                presentation=find_presentation(report.head),
                numbered=report.numbered,
                counts=report.counts,
                findings=report.findings,
            )
            for report, change in zip(reports, changes, strict=True)
        ]

    def _read_again(
        self, file: str, options: str, *, progress: Callable[[int, int], None] | None
    ) -> None:
        """Write the documents anew that were read from one file with the same options."""
        name, content = self._all("SELECT name, content FROM files WHERE sha256 = ?", file)[0]
        with tempfile.TemporaryDirectory() as work:
            original = Path(work) / name
            original.write_bytes(zlib.decompress(content))
            reports = read_reports_apart(original, limits=self._limits, options=json.loads(options))
        if len(reports) > 1:
            # Of a passage file those that have been removed or replaced since are not wanted.
            kept = set(
                self._all(
                    "SELECT symbol, language FROM documents WHERE file = ? AND options = ?",
                    file,
                    options,
                )
            )
            reports = [r for r in reports if (r.symbol, r.language) in kept]
        self._store(
            reports, name=name, content=zlib.decompress(content), options=options, progress=progress
        )

    def _passages_of(self, report: Report) -> list[tuple[Paragraph, str, Span]]:
        """Return what is embedded: windows and sentences of all that is searched."""
        found: list[tuple[Paragraph, str, Span]] = []
        for kind, paragraph in _units(report):
            for part in _searched(kind, paragraph):
                text = paragraph.text[part.start : part.end]
                for name, spans in (
                    ("window", self.embedder.windows(text)),
                    ("sentence", split_sentences(text)),
                ):
                    found.extend((paragraph, name, _moved(span, part.start)) for span in spans)
        return found

    def _embed(self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None) -> None:
        """Embed the texts that have no vector yet, keeping each chunk as soon as it is done.

        Raises:
            LibraryError: another program has rebuilt the library with another model.
        """
        self.generation()
        wanted = {_hash(text): text for text in texts}
        hashes = list(wanted)
        known: set[bytes] = set()
        for start in range(0, len(hashes), 500):
            chunk_of_hashes = hashes[start : start + 500]
            marks = ",".join("?" * len(chunk_of_hashes))
            rows = self._all(
                f"SELECT text_hash FROM vectors WHERE text_hash IN ({marks})", *chunk_of_hashes
            )
            known.update(row[0] for row in rows)
        pending = [(key, text) for key, text in wanted.items() if key not in known]
        for start in range(0, len(pending), EMBED_CHUNK):
            chunk = pending[start : start + EMBED_CHUNK]
            vectors = self.embedder.embed_passages([text for _, text in chunk])
            with self._transaction(changes_content=False) as database:
                self.generation()
                database.executemany(
                    "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                    [
                        (key, vector.tobytes())
                        for (key, _), vector in zip(chunk, vectors, strict=True)
                    ],
                )
            if progress is not None:
                progress(min(start + EMBED_CHUNK, len(pending)), len(pending))

    def _insert(
        self,
        database: sqlite3.Connection,
        report: Report,
        passages: Sequence[tuple[Paragraph, str, Span]],
        fingerprint: tuple[str, str, int],
    ) -> str:
        """Write one report, in the place of the same edition where there is one.

        Returns:
            The document's id.
        """
        old = database.execute(
            "SELECT id, position, new_title FROM documents WHERE symbol = ? AND language = ?",
            (report.symbol, report.language),
        ).fetchone()
        _, options, _ = fingerprint
        new_title = None
        if old is None:
            (position,) = database.execute(
                "SELECT coalesce(max(position), 0) + 1 FROM documents"
            ).fetchone()
            taken = database.execute(
                "SELECT 1 FROM documents WHERE id = ?", (report.symbol,)
            ).fetchone()
            document = f"{report.symbol}@{report.language}" if taken else report.symbol
        else:
            document, position, new_title = old
            if "title" in json.loads(options):
                new_title = None
            database.execute("DELETE FROM documents WHERE id = ?", (document,))
        title = new_title or report.title
        database.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document,
                position,
                report.symbol,
                report.language,
                title,
                self._title_terms(title),
                report.numbered,
                *fingerprint,
                report.summary,
                json.dumps(report.findings, ensure_ascii=False),
                new_title,
                _presentation_of(report.head),
            ),
        )
        keys: dict[str, int] = {}
        units = _units(report)
        for ordinal, (kind, paragraph) in enumerate(units):
            counts = Counter(
                term
                for part in _searched(kind, paragraph)
                for term in self.search_terms(paragraph.text[part.start : part.end])
            )
            key = database.execute(
                "INSERT INTO paragraphs (document, kind, ordinal, label, section, page, text,"
                " source_start, source_end, term_count, called_by)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document,
                    kind,
                    ordinal,
                    paragraph.label,
                    json.dumps(paragraph.section, ensure_ascii=False),
                    paragraph.page,
                    paragraph.text,
                    paragraph.source.start,
                    paragraph.source.end,
                    sum(counts.values()),
                    paragraph.called_by,
                ),
            ).lastrowid
            assert key is not None
            keys[paragraph.label] = key
            database.executemany(
                "INSERT INTO postings VALUES (?, ?, ?)",
                [(term, key, frequency) for term, frequency in counts.items()],
            )
        self._insert_names(database, document, [paragraph.text for _, paragraph in units])
        database.executemany(
            "INSERT INTO passages (paragraph, kind, start, end, text_hash) VALUES (?, ?, ?, ?, ?)",
            [
                (
                    keys[paragraph.label],
                    kind,
                    span.start,
                    span.end,
                    _hash(paragraph.text[span.start : span.end]),
                )
                for paragraph, kind, span in passages
            ],
        )
        return document

    def _title_terms(self, title: str) -> str:
        """Return the search terms of a title as the library keeps them."""
        return " ".join(sorted(set(self.search_terms(title))))

    def _insert_names(
        self, database: sqlite3.Connection, document: str, texts: Sequence[str]
    ) -> None:
        """Write what the texts of a document define as names of the same thing."""
        database.executemany(
            "INSERT OR IGNORE INTO names VALUES (?, ?, ?)",
            [
                (document, found.name, found.other)
                for found in definitions("\n".join(texts), cut=self.words)
            ],
        )

    def _bring_up_to_date(self) -> None:
        """Bring a library of an older version up to this one.

        Raises:
            LibraryError: the library cannot be written.
        """
        with self._transaction() as database:
            # Asked again, because another program can have done it meanwhile.
            (version,) = database.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
            if version == "1":
                self._learn_names(database)
            if version in ("1", "2"):
                database.execute("ALTER TABLE documents ADD COLUMN findings TEXT")
            if version in _OLDER_VERSIONS:
                columns = {row[1] for row in database.execute("PRAGMA table_info(paragraphs)")}
                if "called_by" not in columns:
                    database.execute("ALTER TABLE paragraphs ADD COLUMN called_by TEXT")
            if version in ("1", "2", "3", "4"):
                columns = {row[1] for row in database.execute("PRAGMA table_info(documents)")}
                if "new_title" not in columns:
                    database.execute("ALTER TABLE documents ADD COLUMN new_title TEXT")
                self._read_heads(database)
            database.execute(
                "UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA_VERSION),)
            )

    def _learn_names(self, database: sqlite3.Connection) -> None:
        """Write what the documents of a library of version 1, which keeps no names, define."""
        database.execute(_NAMES_SCHEMA)
        for (document,) in database.execute("SELECT id FROM documents").fetchall():
            texts = database.execute("SELECT text FROM paragraphs WHERE document = ?", (document,))
            self._insert_names(database, document, [text for (text,) in texts])

    def _read_heads(self, database: sqlite3.Connection) -> None:
        """Write the presentations of a library that keeps none; its front matter is there."""
        database.execute("ALTER TABLE documents ADD COLUMN presentation TEXT NOT NULL DEFAULT ''")
        database.executemany(
            "UPDATE documents SET presentation = ? WHERE id = ?",
            [
                (_presentation_of(head), document)
                for document, head in database.execute(
                    "SELECT d.id, coalesce(text, '') FROM documents d LEFT JOIN paragraphs"
                    " ON document = d.id AND label = ?",
                    (FRONT_MATTER,),
                ).fetchall()
            ],
        )

    @contextmanager
    def _transaction(self, *, changes_content: bool = True) -> Iterator[sqlite3.Connection]:
        """Give the database for writing; all of it is kept, or on any exception none of it.

        Inside another one of the same thread it is a part of that. Without `changes_content` the
        generation stays, so that nothing derived from the library is made anew.
        """
        with self._lock, _translated(self.folder):
            if self._database.in_transaction:
                yield self._database
                return
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                if changes_content:
                    self._database.execute(
                        "UPDATE meta SET value = value + 1 WHERE key = 'generation'"
                    )
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def _all(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock, _translated(self.folder):
            return self._database.execute(query, values).fetchall()

    def _one(self, query: str, *values: object) -> tuple[object, ...]:
        rows = self._all(query, *values)
        return rows[0]

    def _catalogue(self) -> Mapping[str, DocumentSummary]:
        """Return the summaries by id, read again only when the library has changed."""
        generation = self.generation()
        with self._lock:
            if self._known is None or self._known[0] != generation:
                self._known = (
                    generation,
                    {
                        row[0]: DocumentSummary(
                            document=row[0],
                            symbol=row[1],
                            title=row[2],
                            language=row[3],
                            numbered=bool(row[4]),
                            source=row[5],
                            sha256=row[6],
                            found=row[7],
                            findings=None if row[8] is None else tuple(json.loads(row[8])),
                            presentation=Presentation(**json.loads(row[9])),
                            paragraph_count=row[10],
                        )
                        for row in self._all(
                            "SELECT d.id, symbol, title, language, numbered, f.name, f.sha256,"
                            " summary, findings, presentation, (SELECT count(*) FROM paragraphs"
                            " WHERE document = d.id AND kind = 'paragraph')"
                            " FROM documents d JOIN files f ON f.sha256 = d.file ORDER BY position"
                        )
                    },
                )
            return self._known[1]


def _options(given: Mapping[str, str]) -> str:
    """Return what was given with a file as the library keeps and compares it."""
    return json.dumps(given, sort_keys=True)


_PARAGRAPH_COLUMNS = "label, text, section, page, source_start, source_end, called_by"


def _within(documents: Sequence[str]) -> str:
    """Return the condition that restricts paragraphs to `documents`; none means all."""
    return f" AND document IN ({','.join('?' * len(documents))})" if documents else ""


def _paragraph(row: Sequence[object]) -> Paragraph:
    label, text, section, page, start, end, called_by = row
    assert isinstance(start, int) and isinstance(end, int)
    assert page is None or isinstance(page, int)
    return Paragraph(
        label=str(label),
        text=str(text),
        section=tuple(json.loads(str(section))),
        page=page,
        source=Span(start=start, end=end),
        called_by=None if called_by is None else str(called_by),
    )


def _presentation_of(head: str) -> str:
    """Return the presentation that stands in the head of a report, as it is kept."""
    return json.dumps(asdict(find_presentation(head)), ensure_ascii=False)


def _units(report: Report) -> list[tuple[str, Paragraph]]:
    """Return all that can be cited of a report, each with its kind."""
    return [
        *(("paragraph", paragraph) for paragraph in report.paragraphs),
        *(("table", row) for row in report.tables),
        *(("front matter", piece) for piece in report.front_matter),
        *(("footnote", note) for note in report.footnotes),
    ]


def _searched(kind: str, paragraph: Paragraph) -> list[Span]:
    """Return which parts of a unit are searched.

    Of front matter and footnotes these are the sentences: titles and mastheads share words with
    nearly every question, and references to other documents answer none.
    """
    if kind in ("paragraph", "table"):
        return [Span(start=0, end=len(paragraph.text))]
    return prose(paragraph.text)


def _moved(span: Span, by: int) -> Span:
    return Span(start=span.start + by, end=span.end + by)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _hashes_of(database: sqlite3.Connection, documents: Iterable[str]) -> list[tuple[bytes]]:
    """Return the keys of the vectors that some documents use."""
    return [
        row
        for document in documents
        for row in database.execute(
            "SELECT DISTINCT text_hash FROM passages JOIN paragraphs p ON p.id = paragraph"
            " WHERE document = ?",
            (document,),
        )
    ]


def _drop_unused(database: sqlite3.Connection, hashes: Sequence[tuple[bytes]]) -> None:
    """Delete those vectors of `hashes` that no document uses any more, and all such files."""
    # Asked of each: to go through all of a large library would take longer than all the rest.
    database.executemany(
        "DELETE FROM vectors WHERE text_hash = ?1"
        " AND NOT EXISTS (SELECT 1 FROM passages WHERE text_hash = ?1)",
        hashes,
    )
    database.execute("DELETE FROM files WHERE sha256 NOT IN (SELECT file FROM documents)")


def _connect(path: Path) -> sqlite3.Connection:
    """Open a library file; one that may not be written is opened for reading only."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        address = f"{path.resolve().as_uri()}?mode=rw"
    else:
        address = f"{path.resolve().as_uri()}?mode=ro"
    # A rollback journal, not a write-ahead log: it works on read-only and on network folders.
    # Python's own transaction handling is off; `_transaction` says where one begins and ends.
    database = sqlite3.connect(
        address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    database.execute("PRAGMA foreign_keys = ON")
    # Readers are shut out only while a change is committed, not while it is prepared.
    database.execute("PRAGMA cache_spill = OFF")
    return database


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn the errors of SQLite and of the file system into a `LibraryError`."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        reason = str(error)
        if (
            "readonly" in reason
            or "read-only" in reason.lower()
            or isinstance(error, PermissionError)
        ):
            raise LibraryError(
                f"the library in {folder} cannot be written (read-only); make the folder writable "
                "or take another one with --library; asking works without"
            ) from error
        if "closed database" in reason:
            raise LibraryError(
                f"the library in {folder} was closed meanwhile; open it again"
            ) from error
        if "locked" in reason:
            raise LibraryError(
                f"the library in {folder} is being written by another program; try again later"
            ) from error
        if (
            isinstance(error, sqlite3.DatabaseError)
            and not isinstance(error, sqlite3.OperationalError)
        ) or "no such table" in reason:
            raise LibraryError(
                f"{folder / FILE_NAME} is damaged or not a library ({reason}); move it away and "
                "add the documents again"
            ) from error
        raise LibraryError(f"the library in {folder} cannot be used: {reason}") from error
