"""The words of a question beside those of passages in other languages, by the real model."""

from pathlib import Path

import pytest

from index.default_model import STATES_FILE, prepared_folder
from ingest.errors import ModelError
from qa.alignment import Aligner
from ui.settings import Settings

PASSAGE = "渔业署共有四十二名检查员，他们分布在三个港口。"
OTHER = "会议还听取了关于行政事项的说明，并就下一年度的会议日期交换了意见。"
QUESTIONS = {
    "en": "How many inspectors does the fisheries agency have in its ports?",
    "fr": "Combien d’inspecteurs l’agence des pêches compte-t-elle dans les ports ?",
    "es": "¿Cuántos inspectores tiene el organismo de pesca en los puertos?",
    "ru": "Сколько инспекторов работает в портах в ведомстве рыболовства?",
    "ar": "كم عدد مفتشي وكالة مصايد الأسماك في الموانئ؟",
}


@pytest.fixture(scope="module")
def aligner(settings: Settings) -> Aligner:
    return Aligner(cache_folder=settings.cache)


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_meets_the_passage_that_speaks_of_the_same(
    aligner: Aligner, language: str
) -> None:
    same, other = aligner.align(QUESTIONS[language], [PASSAGE, OTHER])
    assert other < same < 1


def test_a_text_meets_itself_best(aligner: Aligner) -> None:
    own, other = aligner.align(PASSAGE, [PASSAGE, OTHER])
    assert own > other


def test_an_alignment_does_not_depend_on_its_neighbours(aligner: Aligner) -> None:
    (alone,) = aligner.align(QUESTIONS["en"], [PASSAGE])
    beside = aligner.align(QUESTIONS["en"], [OTHER * 10, PASSAGE, PASSAGE])
    assert beside[1:] == [alone, alone]


def test_words_far_down_in_a_long_passage_are_met(aligner: Aligner) -> None:
    long = OTHER * 25 + PASSAGE
    without, with_words = aligner.align(QUESTIONS["en"], [OTHER * 26, long])
    assert with_words > without


def test_where_there_is_no_word_nothing_is_met(aligner: Aligner) -> None:
    assert aligner.align("?", []) == []
    assert aligner.align("How many?", [""]) == [-1.0]


def test_a_damaged_model_is_an_error_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    for path in prepared_folder(settings.cache).iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / "onnx").unlink()
    damaged = tmp_path / STATES_FILE
    damaged.parent.mkdir()
    damaged.write_bytes(b"no model")
    monkeypatch.setattr("index.default_model.prepared_folder", lambda cache: tmp_path)
    with pytest.raises(ModelError, match=f"{tmp_path} .*delete that folder"):
        Aligner(cache_folder=settings.cache).align("?", ["a"])


def test_a_passage_that_answers_meets_more_of_the_question(aligner: Aligner) -> None:
    for question in QUESTIONS.values():
        assert aligner.met(question, [OTHER]) < aligner.met(question, [PASSAGE])
        both = aligner.met(question, [OTHER, PASSAGE])
        assert both > aligner.met(question, [PASSAGE]) - 1e-5
    assert aligner.met(PASSAGE, []) == aligner.met("", [PASSAGE]) == 0.0
