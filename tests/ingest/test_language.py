"""Languages of documents and of questions of a few words."""

import subprocess
import sys
import time

import pytest

from ingest.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("《示范法》", "zh"),
        ("集装箱管制方案是什么", "zh"),
        ("集裝箱管制方案是什麼？", "zh-Hant"),
        ("UNODC在哪些国家开展CCP", "zh"),
        ("Consejo Centroamericano de Ministerios Públicos 是什么？", "zh"),
        ("which countries", "en"),
        ("How many kg?", "en"),
        ("AIRCOP members", "en"),
        ("What is Роскосмос responsible for?", "en"),
        ("pays membres", "fr"),
        ("Combien de kg ?", "fr"),
        ("Quel est le rôle de la 毒品和犯罪问题办公室 en 2011 ?", "fr"),
        ("Que dit le rapport «就执行公约» sur le Honduras ?", "fr"),
        ("¿Qué es AIRCOP?", "es"),
        ("Cuántos kg", "es"),
        ("¿QUIÉN PARTICIPA?", "es"),
        ("Что такое UNODC?", "ru"),
        ("ما هو UNODC Global Programme؟", "ar"),
        ("CTOC/COP/2012/10", "en"),
        ("2011?", "en"),
        ("", "en"),
    ],
)
def test_questions(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_other_scripts_do_not_load_the_model_of_the_latin_languages() -> None:
    code = (
        "import sys; from ingest.language import detect_language as d;"
        "d('什么是公约？'); d('Что такое конвенция?'); d('ما هي الاتفاقية؟'); d('What is it?');"
        "sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_warm_answer_takes_less_than_two_milliseconds() -> None:
    questions = ["pays membres", "集裝箱管制方案是什麼？", "Que refuse son fils ?"]
    for question in questions:
        detect_language(question)
    started = time.perf_counter()
    for question in questions * 20:
        detect_language(question)
    assert (time.perf_counter() - started) / 60 < 0.002
