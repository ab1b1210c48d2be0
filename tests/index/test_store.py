"""The store's contract, with brute force as the oracle."""

import importlib.util
import json
from pathlib import Path

import pytest

from index.dense import FaissStore
from index.library import Library
from index.store import PassageStore

_spec = importlib.util.spec_from_file_location(
    "brute_force", Path(__file__).with_name("brute_force.py")
)
assert _spec is not None and _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
BruteForceStore = _module.BruteForceStore

QUESTIONS = [
    "2011年各参加国缉获了多少公斤可卡因？",
    "貨櫃裡查扣了多少毒品",
    "Which countries joined the airport communication project?",
    "الأسلحة النارية",
    "zzzz",
]


@pytest.fixture(scope="module")
def store(report_library: Library) -> PassageStore:
    return FaissStore(report_library)


@pytest.fixture(scope="module")
def oracle(report_library: Library) -> PassageStore:
    return BruteForceStore(report_library)


def _pairs(matches) -> list[tuple[int, float]]:
    return [(match.paragraph, pytest.approx(match.score, abs=1e-5)) for match in matches]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("limit", [1, 10, 1000])
def test_dense_search_equals_the_oracle(
    store: PassageStore, oracle: PassageStore, report_library: Library, question: str, limit: int
) -> None:
    query = report_library.embedder.embed_queries([question])[0]
    found = store.dense_search(query, documents=(), limit=limit)
    assert _pairs(oracle.dense_search(query, documents=(), limit=limit)) == [
        (match.paragraph, match.score) for match in found
    ]
    assert len(found) == min(limit, 73)


@pytest.mark.parametrize("question", QUESTIONS)
def test_lexical_search_equals_the_oracle(
    store: PassageStore, oracle: PassageStore, report_library: Library, question: str
) -> None:
    terms = report_library.search_terms(question)
    weights = store.term_weights(terms)
    assert weights == pytest.approx(oracle.term_weights(terms))
    found = store.lexical_search(weights, documents=(), limit=20)
    assert _pairs(oracle.lexical_search(weights, documents=(), limit=20)) == [
        (match.paragraph, match.score) for match in found
    ]


def test_a_word_that_occurs_nowhere_finds_nothing_but_counts_in_the_whole(
    store: PassageStore,
) -> None:
    alone = store.term_weights(["可卡因"])
    beside = store.term_weights(["可卡因", "zzzz"])
    assert store.lexical_search(store.term_weights(["zzzz"]), documents=(), limit=10) == []
    assert (
        store.lexical_search(beside, documents=(), limit=1)[0].score
        < store.lexical_search(alone, documents=(), limit=1)[0].score
    )


def test_nothing_is_found_for_no_terms(store: PassageStore) -> None:
    assert store.lexical_search({}, documents=(), limit=10) == []


def test_sentence_scores_equal_the_oracle_in_reading_order(
    store: PassageStore, oracle: PassageStore, report_library: Library
) -> None:
    query = report_library.embedder.embed_queries([QUESTIONS[0]])[0]
    for paragraph in report_library.indexed_paragraphs()[:10]:
        found = store.sentence_scores(query, paragraph=paragraph.key)
        expected = oracle.sentence_scores(query, paragraph=paragraph.key)
        assert [match.span for match in found] == [match.span for match in expected]
        assert [match.score for match in found] == pytest.approx(
            [match.score for match in expected], abs=1e-5
        )


@pytest.fixture
def two_documents(library: Library, tmp_path: Path) -> Library:
    rows = [
        {"doc_id": doc, "passage_id": label, "lang": "en", "title": title, "text": text}
        for doc, label, title, text in (
            ("A", "a1", "Acme Ltd", "It earned 5 dollars."),
            ("A", "a2", "Acme Ltd", "It moved to Rome."),
            ("B", "b1", "Bolt Ltd", "It earned 9 dollars."),
        )
    ]
    path = tmp_path / "two.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    library.add(path)
    return library


def _documents(library: Library, matches) -> list[str]:
    keys = [match.paragraph for match in matches]
    found = library.paragraphs_at(keys)
    return [found[key][1].label for key in keys]


def test_a_restriction_finds_only_its_documents(two_documents: Library) -> None:
    for store in (FaissStore(two_documents), BruteForceStore(two_documents)):
        query = two_documents.embedder.embed_queries(["what did it earn"])[0]
        weights = store.term_weights(two_documents.search_terms("what did it earn in dollars"))
        dense = store.dense_search(query, documents=["B"], limit=10)
        assert _documents(two_documents, dense) == ["b1"]
        lexical = store.lexical_search(weights, documents=["B"], limit=10)
        assert _documents(two_documents, lexical) == ["b1"]
        assert store.dense_search(query, documents=["nothing"], limit=10) == []
        assert store.lexical_search(weights, documents=["nothing"], limit=10) == []


def test_a_title_speaks_for_each_of_its_paragraphs(two_documents: Library) -> None:
    store = FaissStore(two_documents)
    weights = store.term_weights(two_documents.search_terms("What did Acme earn in dollars?"))
    found = store.lexical_search(weights, documents=(), limit=10)
    assert _documents(two_documents, found) == ["a1", "b1", "a2"] or _documents(
        two_documents, found
    ) == ["a1", "a2", "b1"]


def test_a_store_that_is_open_searches_a_new_title(two_documents: Library) -> None:
    store = FaissStore(two_documents)

    def found(question: str) -> list[str]:
        weights = store.term_weights(two_documents.search_terms(question))
        return _documents(two_documents, store.lexical_search(weights, documents=(), limit=10))

    assert (found("Acme"), found("Zenith")) == (["a1", "a2"], [])
    two_documents.rename("A", "Zenith Ltd")
    assert (found("Acme"), found("Zenith")) == ([], ["a1", "a2"])


def test_a_store_notices_that_the_library_has_changed(two_documents: Library) -> None:
    store = FaissStore(two_documents)
    query = two_documents.embedder.embed_queries(["what did it earn"])[0]
    assert len(store.dense_search(query, documents=(), limit=10)) == 3
    two_documents.remove("A")
    assert _documents(two_documents, store.dense_search(query, documents=(), limit=10)) == ["b1"]
    two_documents.remove("B")
    assert store.dense_search(query, documents=(), limit=10) == []


REPORT = """1. 国际公路管理委员会（公管委，又称 IRMC）设在内罗毕。
2. 国际公路管理委员会每年召开两次会议，讨论桥梁的维护。
3. 检察官在塞拉利昂调查了走私集装箱的案件。
4. 法院审理了十二起偷税案件，判处罚金。
5. 专家们建议修订关于证人保护的法律。
"""


@pytest.fixture
def roads(library: Library, tmp_path: Path) -> Library:
    path = tmp_path / "roads.txt"
    path.write_text(REPORT, encoding="utf-8")
    library.add(path)
    return library


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("IRMC设在哪里？", "1"),
        ("公管委设在哪里？", "1"),
        ("IRMC每年召开几次会议？", "2"),
        ("公路委讨论什么？", "2"),
        ("国际公路管里委员会每年开几次会？", "2"),
        ("塞拉里昂的检查官做了什么？", "3"),
        ("发院判了什么？", "4"),
        ("正人保护的法绿", "5"),
    ],
)
def test_other_names_and_misspelt_words_find_what_they_mean(
    roads: Library, question: str, label: str
) -> None:
    store = FaissStore(roads)
    found = store.lexical_search(store.interpret(question).weights, documents=(), limit=1)
    assert [
        roads.paragraphs_at([match.paragraph])[match.paragraph][1].label for match in found
    ] == [label]


def test_a_question_in_the_words_of_the_library_is_read_as_it_is(roads: Library) -> None:
    store = FaissStore(roads)
    question = "法院审理了哪些案件？"
    reading = store.interpret(question)
    assert reading.text == question
    assert reading.weights == store.term_weights(roads.search_terms(question))


def test_what_is_read_into_a_question_counts_less_than_what_it_says(roads: Library) -> None:
    store = FaissStore(roads)
    reading = store.interpret("塞拉里昂")
    assert reading.text == "塞拉利昂"
    assert "塞拉里昂" not in reading.weights
    whole = store.term_weights(["塞拉利昂"])["塞拉利昂"]
    assert 0 < reading.weights["塞拉利昂"] < whole


def test_names_and_words_of_a_removed_document_are_forgotten(roads: Library) -> None:
    store = FaissStore(roads)
    assert store.interpret("IRMC").weights.keys() >= {"公路", "irmc"}
    roads.remove(roads.documents()[0].document)
    assert store.interpret("IRMC塞拉里昂").weights.keys() == set(roads.search_terms("IRMC塞拉里昂"))
