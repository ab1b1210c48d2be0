"""Put each training question beside passages that answer it and passages that do not."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.embedder import Embedder
from index.lexical import simplified, words
from ingest.language import detect_language
from ingest.report import Span
from qa.glossary import glosses
from qa.training.squad import Example
from qa.training.unanswerable import (
    names_of,
    with_another_name,
    with_another_number,
    with_another_word,
    without_another_sentence,
    without_answer,
)

NEAREST_COUNT = 10
"""Passages among which a retrieved negative is drawn."""
TITLE_SHARE = 0.7
"""Share of the groups that see titles: the reader must not lean on them."""
GAP_SHARE = 0.4
"""Share of the answering passages that lose a sentence too."""
WRITTEN_MISS_SHARE = 0.75
"""Share of the near misses that are a written one, for a passage that has some."""
GAPPED_MISS_SHARE = 0.4
"""Share of the made near misses whose passage lacks the answer; others change the question."""
HARDNESS = 0.7
"""Of two passages found one behind the other, how often the further one is taken for the nearer."""
TELLING_COUNT = 20
"""Most questions that a word may stand in and still tell one question from others."""
GLOSSED_SHARE = 0.3
"""Share of the Chinese questions put word by word into another language, by a lexicon."""
ECHOED_SHARE = 0.6
"""Share of the questions in another language that bring their words back in Chinese, as in use.

See `qa.glossary`: a question in another language is read together with what a word list makes of
it in the document's language.
"""
ECHO_COVERAGE = 0.65
"""Share of the words that come back."""
SPELT_SHARE = 0.8
"""Share of the words without a gloss that are spelt by their sound."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[\u3400-\u9fff]{2,}$|[^\W\d_]{5,}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question beside a passage.

    Attributes:
        question: as the reader gets it.
        title: of the passage; may be empty.
        text: the passage.
        answer: where the answer stands in `text`, None where there is none.
        is_ranked: whether the pair belongs into the comparison with the answering passage, that
            is, has the same question.
    """

    question: str
    title: str
    text: str
    answer: Span | None
    is_ranked: bool


def nearest_passages(
    examples: Sequence[Example], *, among: Sequence[Example], embedder: Embedder
) -> list[list[int]]:
    """Return for each example which of `among` have the contexts that are nearest to its question.

    Contexts that hold one of its answers, and its own, are left out: what remains is near but
    wrong. Each list is best first, at most `NEAREST_COUNT` long, one example for a context.
    """
    import numpy

    first_of: dict[str, int] = {}
    for index, example in enumerate(among):
        first_of.setdefault(example.context, index)
    contexts = list(first_of)
    passages = embedder.embed_passages(contexts)
    queries = embedder.embed_queries([example.question for example in examples])
    nearest: list[list[int]] = []
    for example, query in zip(examples, queries, strict=True):
        order = numpy.argsort(-(passages @ query))[: 3 * NEAREST_COUNT]
        nearest.append(
            [
                first_of[contexts[i]]
                for i in order.tolist()
                if contexts[i] != example.context
                and not any(answer in contexts[i] for answer in example.answers)
            ][:NEAREST_COUNT]
        )
    return nearest


class GroupMaker:
    """Makes the groups of one pass over the examples, other ones each time."""

    def __init__(
        self,
        examples: Sequence[Example],
        *,
        nearest: Sequence[Sequence[int]],
        lexicons: Sequence[Mapping[str, Sequence[str]]],
        readings: Mapping[str, str],
        cache_folder: Path,
    ) -> None:
        self._examples = examples
        self._cache_folder = cache_folder
        self._nearest = nearest
        self._lexicons = lexicons
        self._readings = readings
        self._synonyms: dict[str, list[str]] = defaultdict(list)
        for word, english in lexicons[0].items() if lexicons else ():
            if len(word) > 1 and simplified(word) == word:
                for gloss in english:
                    self._synonyms[gloss].append(word)
        counts = Counter(
            word
            for example in examples
            for word in set(words(example.question, cache_folder=cache_folder))
        )
        self._written = {
            word
            for context in dict.fromkeys(example.context for example in examples)
            if _HAN.search(context)
            for word in words(simplified(context), cache_folder=cache_folder)
        }
        self._telling = {
            word for word, count in counts.items() if count <= TELLING_COUNT and _WORD.match(word)
        }
        self._names: dict[bool, list[str]] = defaultdict(list)
        self._words: dict[bool, list[str]] = defaultdict(list)
        for word in sorted(self._telling):
            self._words[bool(_HAN.search(word))].append(word)
        for example in examples:
            self._names[bool(_HAN.search(example.question))] += [
                name for name in (plain_title(example.title), *names_of(example)) if name
            ]

    def groups(self, *, generator: random.Random) -> Iterator[list[Pair]]:
        """Yield a group for each example in random order, the answering pair first."""
        order = list(range(len(self._examples)))
        generator.shuffle(order)
        for index in order:
            yield self._group(index, generator)

    def _group(self, index: int, generator: random.Random) -> list[Pair]:
        example = self._examples[index]
        has_title = generator.random() < TITLE_SHARE
        title = example.title if has_title else ""
        question = self._spoken(example.question, example.context, generator)
        text, answer = example.context, example.answer
        if generator.random() < GAP_SHARE:
            text, answer = without_another_sentence(example, generator=generator) or (text, answer)
        group = [Pair(question=question, title=title, text=text, answer=answer, is_ranked=True)]
        near = self._near_miss(example, question, title, generator)
        if near is not None:
            group.append(near)
        group.append(self._found(index, question, has_title, generator))
        return group

    def _found(self, index: int, question: str, has_title: bool, generator: random.Random) -> Pair:
        """Return the question beside a passage that retrieval finds near and does not answer."""
        place = 0
        while generator.random() < HARDNESS:
            place += 1
        # Of no neighbours at all, the next example is as good as any.
        found = self._nearest[index] or [(index + 1) % len(self._examples)]
        negative = self._examples[found[place % len(found)]]
        return Pair(
            question=question,
            title=negative.title if has_title else "",
            text=negative.context,
            answer=None,
            is_ranked=True,
        )

    def _echo(self, cut: Sequence[str], generator: random.Random) -> list[str]:
        """Return Chinese words with the same gloss as those of a question, there and back."""
        echo: list[str] = []
        for word in cut:
            is_known = len(word) > 1 and word in self._lexicons[0] and _HAN.search(word)
            if is_known and generator.random() < ECHO_COVERAGE:
                gloss = generator.choice(self._lexicons[0][word])
                echo.append(generator.choice(self._synonyms.get(gloss, [word])))
        return echo

    def _looked_up(self, question: str) -> list[str]:
        """Return the Chinese words that the glossary gives for a question in another language."""
        return [
            term
            for gloss in glosses(question, language=detect_language(question))
            for term in gloss.likeliest(self._written)
        ]

    def _missed(
        self, example: Example, question: str, title: str, generator: random.Random
    ) -> Pair:
        """Return another question, which the passage does not answer, beside the passage."""
        return Pair(
            question=self._spoken(question, example.context, generator),
            title=title,
            text=example.context,
            answer=None,
            is_ranked=False,
        )

    def _near_miss(
        self, example: Example, question: str, title: str, generator: random.Random
    ) -> Pair | None:
        """Return a pair that looks like answering: a written one, or one made; None for neither."""
        if example.near_misses and generator.random() < WRITTEN_MISS_SHARE:
            return self._missed(example, generator.choice(example.near_misses), title, generator)
        gapped = without_answer(example)
        changed = None
        if gapped is None or generator.random() >= GAPPED_MISS_SHARE:
            changed = self._changed(example, generator)
        if changed is not None:
            return self._missed(example, changed, title, generator)
        if gapped is None:
            return None
        return Pair(question=question, title=title, text=gapped, answer=None, is_ranked=True)

    def _changed(self, example: Example, generator: random.Random) -> str | None:
        """Return the question with a number, a name or a word changed, so that it has no answer."""
        is_chinese = bool(_HAN.search(example.question))
        own = plain_title(example.title)
        ways: list[Callable[[], str | None]] = [
            lambda: with_another_number(example, generator=generator),
            lambda: with_another_name(
                example,
                names=self._names[is_chinese],
                own=own if own and own in example.question else None,
                generator=generator,
            ),
            lambda: with_another_word(
                example,
                words=[
                    word
                    for word in words(example.question, cache_folder=self._cache_folder)
                    if word in self._telling
                ],
                others=self._words[is_chinese],
                generator=generator,
            ),
        ]
        generator.shuffle(ways)
        return next(filter(None, (way() for way in ways)), None)

    def _spoken(self, question: str, context: str, generator: random.Random) -> str:
        """Return a question on `context` as somebody might put it: in another tongue, mistyped."""
        if not _HAN.search(question) and _HAN.search(context):
            if generator.random() < ECHOED_SHARE:
                return bilingual(question, self._looked_up(question))
            return question
        if self._lexicons and _HAN.search(question) and generator.random() < GLOSSED_SHARE:
            lexicon = generator.choice(self._lexicons)
            cut = words(simplified(question), cache_folder=self._cache_folder)
            foreign = glossed(cut, lexicon=lexicon, readings=self._readings, generator=generator)
            if generator.random() < ECHOED_SHARE:
                return bilingual(foreign, self._echo(cut, generator))
            return foreign
        if generator.random() < 0.05 and len(question) > 6:
            i = generator.randrange(1, len(question) - 2)
            return question[:i] + question[i + 1] + question[i] + question[i + 2 :]
        return question


def bilingual(question: str, echo: Sequence[str]) -> str:
    """Return a question with the words of another language that stand for its own behind it."""
    return f"{question} ({' '.join(echo)})" if echo else question


def glossed(
    cut: Sequence[str],
    *,
    lexicon: Mapping[str, Sequence[str]],
    readings: Mapping[str, str],
    generator: random.Random,
) -> str:
    """Return a text, `cut` into words, with its Chinese words replaced by their glosses.

    Words without a gloss are mostly names: most of them are spelt by their sound, as names are
    across scripts, a few stay.
    """
    pieces: list[str] = []
    for word in cut:
        if not _HAN.search(word):
            pieces.append(word)
            continue
        is_spelt = generator.random() < SPELT_SHARE
        for part in _known_parts(word, lexicon):
            # The gloss of one character of a longer word, mostly a name, says nothing about it.
            if part in lexicon and (len(part) > 1 or part == word):
                pieces.append(f" {generator.choice(lexicon[part])} ")
            else:
                pieces.append(readings.get(part, part) if is_spelt else part)
        pieces.append(" " if is_spelt else "")
    return re.sub(r"\s+", " ", "".join(pieces)).strip()


def _known_parts(word: str, lexicon: Mapping[str, Sequence[str]]) -> list[str]:
    """Return `word` cut into the longest parts that have a gloss, and single characters."""
    parts: list[str] = []
    while word:
        for length in range(len(word), 1, -1):
            if word[:length] in lexicon:
                break
        else:
            length = 1
        parts.append(word[:length])
        word = word[length:]
    return parts


def plain_title(title: str) -> str:
    """Return a title without what stands in brackets behind it."""
    return re.sub(r"\s*[(（].*", "", title).strip()
