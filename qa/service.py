"""The one path that every door uses: a question becomes a verified answer."""

import re
import time
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import zip_longest
from urllib.parse import quote

from index.lexical import simplified
from index.library import DocumentSummary, Library
from ingest.errors import LibraryError, QuestionError
from ingest.language import Language, detect_language
from ingest.presentation import Aspect
from ingest.report import Paragraph, Span
from qa.alignment import Aligner
from qa.answer import Answer, Citation, RankedPassage, escape_markers, verify
from qa.answer_type import AnswerType, Expectation, asked_of_each, expected_answer, sought
from qa.answerability import ANSWER_THRESHOLD, Evidence, Judge, mentions, weigh
from qa.composer import Composer, Composition, Statement, said_once
from qa.conversation import resolve
from qa.decomposition import clauses, decompose
from qa.front_matter import AskedAspect, answers_of_heads, asked_aspect, composed
from qa.lookup import NamedPlaces, find_label, named_places, number_of, symbols_among
from qa.questions import Question
from qa.reranker import ALIGNED_COUNT, ReadHit, Reranker, heading_of
from qa.retriever import Hit, Query, Retriever
from qa.short_answer import readable
from qa.spans import years_covered
from qa.wording import WORDINGS, Wording, place_name

QUESTION_LIMIT = 2_000
"""Longest question, in code points."""
TOP_K_DEFAULT = 10
TOP_K_LIMIT = 100
NAMED_COUNT = 3
"""Documents that a refusal names."""
NEAREST_COUNT = 3
"""Paragraphs that a refusal names as the nearest."""
AMBIGUOUS_COUNT = 3
"""Documents that may all bear a number that is called without its document."""
ATTEMPTS = 5
"""Times a question is asked anew because another program changed the library meanwhile."""
GATHERED_COUNT = 50
"""Most passages of a passage file that count as gathered for a question, as by a search."""
CERTAIN = 0.99
"""Confidence where the place is named, so that nothing has to be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """Where an answer is looked for.

    Attributes:
        documents: ids; empty means the whole library.
        paragraphs: the paragraphs asked for by name, by document id.
        missing: sentence that says which named thing does not exist or is not clear, else None.
    """

    documents: tuple[str, ...]
    paragraphs: tuple[tuple[str, Paragraph], ...]
    missing: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a question, or a part of one, has found.

    Attributes:
        hits: the ranking.
        composition: what is said; no statements where nothing is.
        confidence: that this is right, or that there is no answer.
        reason: sentence that says why nothing is said, else None.
    """

    hits: list[Hit]
    composition: Composition
    confidence: float
    reason: str | None


_EDGES = " ¿?？؟。.!！"
"""What may stand round the thing that a question is about."""
_NOTHING = Composition(statements=(), short_answers=())


class Service:
    """Answers questions from one library. Safe to use from several threads."""

    def __init__(
        self,
        *,
        library: Library,
        retriever: Retriever,
        reranker: Reranker,
        composer: Composer,
        aligner: Aligner,
        judge: Judge,
    ) -> None:
        self.library = library
        self.retriever = retriever
        self._reranker = reranker
        self._composer = composer
        self._aligner = aligner
        self._judge = judge

    def warm_up(self) -> None:
        """Load the model and the library, so that the first question is as fast as the others."""
        self.retriever.retrieve(self.retriever.query("?", language="en"), documents=(), limit=1)
        self._reranker.warm_up()

    def ask(
        self,
        question: str,
        *,
        id: str = "1",
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
        top_k: int = TOP_K_DEFAULT,
    ) -> Answer:
        """Return the answer to a question; every quote in it has been checked.

        Args:
            question: 1 to `QUESTION_LIMIT` code points, in any of the six languages.
            id: what the answer record is called.
            context: the earlier questions of the same conversation, oldest first.
            documents: ids of the documents to answer from; empty means all.
            top_k: length of the ranking, 1 to `TOP_K_LIMIT`.

        Raises:
            QuestionError: the question is empty or too long, or `top_k` is out of range.
            NotFoundError: one of `documents` is not in the library.
            LibraryError: the library cannot be read.
            ModelError: the model cannot be loaded.
        """
        started = time.perf_counter()
        _check(question, top_k)
        for _ in range(ATTEMPTS):
            generation = self.library.generation()
            try:
                answer = self._ask_once(
                    question, id=id, context=context, documents=documents, top_k=top_k
                )
            except Exception:
                # Half of what was read may be of a document that is gone by now.
                if self.library.generation() == generation:
                    raise
                continue
            if self.library.generation() == generation:
                return replace(answer, seconds=round(time.perf_counter() - started, 4))
        raise LibraryError(
            f"the library in {self.library.folder} changed {ATTEMPTS} times while one question "
            "was answered; ask again when that is done"
        )

    def _ask_once(
        self,
        question: str,
        *,
        id: str,
        context: Sequence[str],
        documents: Sequence[str],
        top_k: int,
    ) -> Answer:
        """Return the answer from the library as it is now, as `ask` says."""
        for document in documents:
            if not self.library.has(document):
                raise self.library.unknown_document(document)
        text = simplified(question)
        named = named_places(text)
        language = _language(question, named.symbols)
        wording = WORDINGS[language]
        latest: str | None = None
        if not named.labels:  # a paragraph called by its number needs nothing said before
            resolved = resolve(question, context=context)
            text = simplified(resolved.text)
            latest = resolved.latest
            named = named_places(text)
        scope = self._scope(named, documents, wording)
        limit = max(top_k, ALIGNED_COUNT)
        found = self._find_head(text, language, scope, limit=limit)
        if found is None:
            parts: list[_Found] = []
            if scope.missing is None and not scope.paragraphs:
                parts = self._find_sides(
                    question, text, language, named, scope, limit=limit
                ) or self._find_clauses(question, context, language, named, scope, limit=limit)
            found = _joined(parts)
            if not found.composition.statements:
                query = self.retriever.query(sought(text), language=language)
                found = self._find(question, query, named, scope, limit=limit, latest=latest)
        composition = found.composition
        answer = Answer(
            id=id,
            question=question,
            language=language,
            status="answered" if composition.statements else "not_found",
            answer=_text(composition, wording)
            if composition.statements
            else wording.between.join(filter(None, (wording.not_found, found.reason))),
            short_answers=composition.short_answers,
            confidence=round(found.confidence, 4),
            citations=tuple(
                _citation(marker, statement, wording)
                for marker, statement in enumerate(composition.statements, start=1)
            ),
            passages=tuple(
                RankedPassage(
                    document=hit.document,
                    paragraph=hit.paragraph.label,
                    score=round(hit.score, 4),
                )
                for hit in found.hits[:top_k]
            ),
            seconds=0.0,
            error=None,
        )
        verify(answer, text_of=lambda document, label: self.library.paragraph(document, label).text)
        return answer

    def _find_head(
        self, text: str, language: Language, scope: _Scope, *, limit: int
    ) -> _Found | None:
        """Answer a question about a report itself from its head; None for any other question."""
        asked = asked_aspect(text)
        if asked is None or scope.missing is not None or scope.paragraphs:
            return None
        answers = answers_of_heads(self.library, asked, documents=scope.documents)
        if not answers and not self._lacks_date(asked, scope):
            return None
        bearers = [answer.document for answer in answers]
        reason = None
        if len(bearers) > AMBIGUOUS_COUNT:
            reason = WORDINGS[language].ambiguous_document.format(
                count=len(bearers), documents=_names(bearers)
            )
            answers = []
        hits = self.retriever.retrieve(
            self.retriever.query(text, language=language),
            documents=scope.documents,
            limit=limit,
            named=[(answer.document, answer.paragraph) for answer in answers],
        )
        return _Found(hits=hits, composition=composed(answers), confidence=CERTAIN, reason=reason)

    def _lacks_date(self, asked: AskedAspect, scope: _Scope) -> bool:
        """Say whether a date of issue is asked for that no head gives, though there are heads.

        The paragraphs are full of dates, all of them of something else.
        """
        is_asked = asked.aspect is Aspect.DATE and not asked.rest
        return is_asked and bool(self.library.heads(documents=scope.documents))

    def _find_sides(
        self,
        question: str,
        text: str,
        language: Language,
        named: NamedPlaces,
        scope: _Scope,
        *,
        limit: int,
    ) -> list[_Found]:
        """Ask a question that names several documents by their titles of each of them."""
        parts: list[_Found] = []
        for part in decompose(text, titles=self._titles(scope.documents)):
            query = self.retriever.query(part.question, language=language)
            within = _Scope(documents=part.documents, paragraphs=(), missing=None)
            parts.append(self._find(question, query, named, within, limit=limit, is_side=True))
        # The surest first, as everywhere: the first citation alone should convince.
        return sorted(parts, key=lambda part: (not part.composition.statements, -part.confidence))

    def _find_clauses(
        self,
        question: str,
        context: Sequence[str],
        language: Language,
        named: NamedPlaces,
        scope: _Scope,
        *,
        limit: int,
    ) -> list[_Found]:
        """Ask each of the questions that are put one after the other in one sentence."""
        parts: list[_Found] = []
        for clause in clauses(simplified(question)):
            resolved = resolve(clause, context=context)
            query = self.retriever.query(simplified(resolved.text), language=language)
            parts.append(
                self._find(clause, query, named, scope, limit=limit, latest=resolved.latest)
            )
        return parts

    def _find(
        self,
        question: str,
        query: Query,
        named: NamedPlaces,
        scope: _Scope,
        *,
        limit: int,
        latest: str | None = None,
        is_side: bool = False,
    ) -> _Found:
        """Search, read, compose and judge.

        Args:
            question: as it was put.
            query: what is searched for.
            named: what it calls by name.
            scope: where to search.
            limit: hits that are looked at.
            latest: the question alone where it is searched behind the one before it: the sentences
                are to answer this one.
            is_side: whether it is one side of a comparison, of which just what it is is said.
        """
        wording = WORDINGS[query.language]
        hits = self.retriever.retrieve(
            query, documents=scope.documents, limit=limit, named=scope.paragraphs
        )
        if scope.missing is not None or not hits:
            reason = scope.missing if hits else wording.empty
            return _Found(hits=hits, composition=_NOTHING, confidence=CERTAIN, reason=reason)
        if named.is_look_up:
            composition = _look_up(scope.paragraphs)
            return _Found(hits=hits, composition=composition, confidence=CERTAIN, reason=None)
        asked_now = self.retriever.query(latest, language=query.language) if latest else query
        expectation = _expectation(query, question)
        read, unread = self._reranker.rerank(
            query,
            latest=asked_now.text,
            expectation=expectation,
            hits=hits,
            named_count=len(scope.paragraphs),
        )
        hits = [*(each.hit for each in read), *unread]
        asked = expectation
        if is_side and expectation.type is AnswerType.COMPARISON:
            asked = replace(expectation, type=asked_of_each(query.text))
        composition = self._compose(asked_now, asked, read, scope)
        if scope.paragraphs:
            return _Found(hits=hits, composition=composition, confidence=CERTAIN, reason=None)
        evidence = self._evidence(
            query,
            asked_now.text,
            expectation,
            read,
            composition,
            named.years,
            scope,
            # What the question calls by its title was not gathered for it.
            is_preselected=not is_side and self._is_preselected(scope.documents),
        )
        verdict = self._judge(evidence)
        if verdict.answerable < ANSWER_THRESHOLD:
            return _Found(
                hits=hits,
                composition=_NOTHING,
                confidence=min(CERTAIN, 1 - verdict.answerable),
                reason=_shortfall(
                    question,
                    read,
                    named.years,
                    wording,
                    other_names=self.retriever.other_names,
                    unnamed=query.text if expectation.is_told and evidence.lacks_type else None,
                ),
            )
        if evidence.lacks_year:  # what is said of another year is no answer in short
            composition = replace(composition, short_answers=())
        return _Found(
            hits=hits,
            composition=composition,
            confidence=min(CERTAIN, verdict.right),
            reason=None,
        )

    def _titles(self, documents: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Return which of `documents` (empty: of all) bear each title, in Simplified script."""
        titled = self.library.documents_by_title()
        if not documents:
            return titled
        chosen = {
            title: [document for document in bearers if document in documents]
            for title, bearers in titled.items()
        }
        return {title: bearers for title, bearers in chosen.items() if bearers}

    def _compose(
        self, query: Query, expectation: Expectation, hits: Sequence[ReadHit], scope: _Scope
    ) -> Composition:
        """Compose from the hits, or from each paragraph that the question calls by name."""
        groups: dict[tuple[str, str], list[ReadHit]] = {}
        for read in hits[: len(scope.paragraphs)]:
            number = read.hit.paragraph.label.partition("(")[0]
            groups.setdefault((read.hit.document, number), []).append(read)
        parts = [
            self._composer.compose(query, expectation=expectation, hits=group)
            for group in (list(groups.values()) or [list(hits)])
        ]
        return Composition(
            statements=tuple(statement for part in parts for statement in part.statements),
            short_answers=tuple(answer for part in parts for answer in part.short_answers),
        )

    def _evidence(
        self,
        query: Query,
        latest: str,
        expectation: Expectation,
        read: Sequence[ReadHit],
        composition: Composition,
        years: Sequence[str],
        scope: _Scope,
        *,
        is_preselected: bool,
    ) -> Evidence:
        """Return what speaks for and against a composed answer."""
        titles = self.library.titles()
        headings = list(
            dict.fromkeys(
                heading
                for statement in composition.statements
                for heading in (titles[statement.document], *statement.paragraph.section)
            )
        )
        texts = [statement.paragraph.text for statement in composition.statements]
        first = composition.statements[0]
        quoted = self._reranker.reread(
            query,
            latest=latest,
            title=heading_of(first.paragraph, title=titles[first.document]),
            text="".join(s.text for s in composition.statements if s.paragraph == first.paragraph),
        )
        return weigh(
            query,
            expectation=expectation,
            read=read,
            quoted=quoted,
            statements=composition.statements,
            terms=frozenset(self.library.search_terms("\n".join([*texts, *headings]))),
            headings=headings,
            other_names=self.retriever.other_names,
            years=years,
            document_count=len(scope.documents or titles),
            met=self._aligner.met(query.text, [simplified(s.text) for s in composition.statements]),
            is_preselected=is_preselected,
            is_cross=not read[0].hit.shares_language,
        )

    def _is_preselected(self, documents: Sequence[str]) -> bool:
        """Return whether these (empty: all) are a few gathered passages instead of reports."""
        asked = documents or self.library.titles()
        if len(asked) > GATHERED_COUNT:
            return False
        summaries = [self.library.summary(document) for document in asked]
        count = sum(summary.paragraph_count for summary in summaries)
        return count <= GATHERED_COUNT and all(one.is_of_passages for one in summaries)

    def answer(self, question: Question) -> Answer:
        """Return the answer to a row of a question file; see `ask`."""
        return self.ask(
            question.text,
            id=question.id,
            context=question.context,
            documents=question.documents,
        )

    def _scope(self, named: NamedPlaces, documents: Sequence[str], wording: Wording) -> _Scope:
        """Find what the question names; what is certain not to exist makes the answer a refusal."""
        chosen = tuple(documents)
        summaries: list[DocumentSummary] = []
        if named.symbols or named.labels:  # a library can hold thousands, most questions name none
            summaries = [
                summary
                for summary in self.library.documents()
                if not documents or summary.document in documents
            ]
        if named.symbols:
            matching = symbols_among(
                named.symbols, {summary.document: summary.symbol for summary in summaries}
            )
            if matching:
                chosen = tuple(matching)
            elif not any(
                self.library.mentions(symbol, documents=chosen) for symbol in named.symbols
            ):
                name = ", ".join(named.symbols)
                return _Scope(
                    documents=chosen,
                    paragraphs=(),
                    missing=wording.missing_document.format(name=name),
                )
        in_scope = [s for s in summaries if not chosen or s.document in chosen]
        paragraphs: list[tuple[str, Paragraph]] = []
        for label in named.labels:
            found = self._named(label, {s.document for s in in_scope if s.numbered})
            if not found:
                return _Scope(
                    documents=chosen,
                    paragraphs=(),
                    missing=wording.missing_paragraph.format(
                        document=_names([summary.document for summary in in_scope]), name=label
                    ),
                )
            bearers = list(dict.fromkeys(document for document, _ in found))
            if len(bearers) > AMBIGUOUS_COUNT:
                return _Scope(
                    documents=chosen,
                    paragraphs=(),
                    missing=wording.ambiguous_paragraph.format(
                        name=label, count=len(bearers), documents=_names(bearers)
                    ),
                )
            paragraphs.extend(entry for entry in found if entry not in paragraphs)
        for year in named.years:
            if not self.library.mentions_year(year, documents=chosen):
                return _Scope(
                    documents=chosen,
                    paragraphs=(),
                    missing=wording.missing_year.format(name=year),
                )
        return _Scope(documents=chosen, paragraphs=tuple(paragraphs), missing=None)

    def _named(self, label: str, documents: Set[str]) -> list[tuple[str, Paragraph]]:
        """Return the paragraph that `label` names in each of `documents`, and its sub-items."""
        by_document: dict[str, list[Paragraph]] = {}
        for document, paragraph in self.library.numbered(number_of(label)):
            if document in documents:
                by_document.setdefault(document, []).append(paragraph)
        found: list[tuple[str, Paragraph]] = []
        for document, paragraphs in by_document.items():
            known = find_label(label, among=[paragraph.label for paragraph in paragraphs])
            found.extend(
                (document, paragraph)
                for paragraph in paragraphs
                if known and re.match(rf"{re.escape(known)}(?![^(#])", paragraph.label)
            )
        return found


def _joined(parts: Sequence[_Found]) -> _Found:
    """Return what the parts of a question have found together; nothing where there are none."""
    answered = [part for part in parts if part.composition.statements]
    # The best of each first: the answer stands on all of them.
    ranked = [
        hit
        for hits in zip_longest(*(part.hits for part in parts))
        for hit in hits
        if hit is not None
    ]
    compositions = [part.composition for part in answered]
    return _Found(
        hits=_reranked(ranked),
        composition=Composition(
            statements=said_once(s for one in compositions for s in one.statements),
            short_answers=tuple(
                dict.fromkeys(s for one in compositions for s in one.short_answers)
            ),
        ),
        confidence=min((part.confidence for part in answered), default=0.0),
        reason=None,
    )


def _expectation(query: Query, question: str) -> Expectation:
    """Return what would answer a question, for a mere follow-up what it was made into."""
    expectation = expected_answer(simplified(question))
    if expectation.type is AnswerType.OTHER:
        return expected_answer(query.text)
    return expectation


def _language(question: str, symbols: Sequence[str]) -> Language:
    """Return the language of a question; the letters of a document symbol are of none."""
    for symbol in symbols:
        question = question.replace(symbol, " ")
    return detect_language(question)


def _check(question: str, top_k: int) -> None:
    if not question.strip():
        raise QuestionError("the question is empty; write one")
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise QuestionError("the question holds half a character (a lone surrogate); write it anew")
    if len(question) > QUESTION_LIMIT:
        raise QuestionError(
            f"the question has {len(question):,} characters, at most {QUESTION_LIMIT:,} are "
            "taken; shorten it"
        )
    if not 1 <= top_k <= TOP_K_LIMIT:
        raise QuestionError(f"top-k is {top_k}, expected 1 to {TOP_K_LIMIT}")


def _shortfall(
    question: str,
    read: Sequence[ReadHit],
    years: Sequence[str],
    wording: Wording,
    *,
    other_names: Callable[[str], Sequence[str]],
    unnamed: str | None,
) -> str:
    """Return what the nearest paragraph lacks of the question, and which the nearest are.

    `unnamed` is what the report was asked about, where no paragraph that would be cited names it.
    """
    first = read[0].hit
    text = "\n".join((first.paragraph.text, *first.paragraph.section))
    mentioned = mentions(
        question, [text], other_names=other_names, shares_language=first.shares_language
    )
    missing = [mention.name for mention in mentioned if not mention.is_said]
    missing += [year for year in years if year not in years_covered(text)]
    if unnamed is not None and not missing:
        missing = [_as_asked(unnamed.strip(_EDGES), question)]
    nearest = [
        place_name(each.hit.document, each.hit.paragraph.label, wording)
        for each in read[:NEAREST_COUNT]
    ]
    sentences = [wording.nearest.format(places=wording.listed.join(nearest))]
    if missing:
        sentences.insert(0, wording.missing_names.format(names=wording.listed.join(missing)))
    return wording.between.join(sentences)


def _as_asked(words: str, question: str) -> str:
    """Return words of a question that were put into Simplified script in the question's own."""
    start = readable(question).find(words)
    return words if start < 0 else question[start : start + len(words)]


def _reranked(hits: Sequence[Hit]) -> list[Hit]:
    """Return different hits with ranks from 1 and scores that never rise."""
    ranked: dict[int, Hit] = {}
    floor = 1.0
    for hit in hits:
        floor = min(floor, hit.score)
        ranked.setdefault(hit.key, replace(hit, rank=len(ranked) + 1, score=floor))
    return list(ranked.values())


def _names(documents: Sequence[str]) -> str:
    """Return the first few of some document ids for a sentence."""
    more = " …" if len(documents) > NAMED_COUNT else ""
    return ", ".join(documents[:NAMED_COUNT]) + more


def _look_up(paragraphs: Sequence[tuple[str, Paragraph]]) -> Composition:
    """Return the whole text of each paragraph."""
    return Composition(
        statements=tuple(
            Statement(
                document=document,
                paragraph=paragraph,
                span=Span(start=0, end=len(paragraph.text)),
            )
            for document, paragraph in paragraphs
            if paragraph.text
        ),
        short_answers=(),
    )


def _citation(marker: int, statement: Statement, wording: Wording) -> Citation:
    paragraph = statement.paragraph
    return Citation(
        marker=marker,
        document=statement.document,
        paragraph=paragraph.label,
        label=place_name(statement.document, paragraph.label, wording),
        section=paragraph.section,
        page=paragraph.page,
        quote=statement.text,
        start=statement.span.start,
        end=statement.span.end,
        link=f"/documents/{quote(statement.document, safe='')}#{quote(paragraph.label, safe='()')}",
    )


def _text(composition: Composition, wording: Wording) -> str:
    """Return the statements, each followed by its marker; a line for each paragraph.

    Where they are of several documents, the first line of each says which.
    """
    lines: list[str] = []
    before: Statement | None = None
    is_mixed = len({statement.document for statement in composition.statements}) > 1
    for marker, statement in enumerate(composition.statements, start=1):
        said = f"{escape_markers(statement.text)} [{marker}]"
        goes_on = before is not None and before.document == statement.document
        if goes_on and before is not None and before.paragraph == statement.paragraph:
            lines[-1] += wording.between + said
        elif is_mixed and not goes_on:
            name = escape_markers(statement.document)
            lines.append(wording.said_in.format(document=name, text=said))
        else:
            lines.append(said)
        before = statement
    return "\n".join(lines)
