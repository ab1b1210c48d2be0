"""Countries and international bodies are known by all their names."""

import pytest

from index.known_names import known_names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("象牙海岸呢？", {"科特迪瓦", "Côte d'Ivoire"}),
        ("What happened in Sierra Leone?", {"塞拉利昂", "Сьерра-Леоне", "سيراليون"}),
        ("¿Qué hizo la República Dominicana?", {"多米尼加共和国", "Dominican Republic"}),
        ("UNODC做了什么？", {"毒品和犯罪问题办公室", "毒罪办"}),
        ("Que fait l'ONUDC ?", {"毒品和犯罪问题办公室", "UNODC"}),
        ("Что сделала ВОЗ?", {"World Health Organization", "世界卫生组织"}),
        ("世卫组织", {"世界卫生组织", "WHO"}),
    ],
)
def test_other_names_are_known(question: str, names: set[str]) -> None:
    assert names <= set(known_names().names_for(question))


@pytest.mark.parametrize("question", ["who did it?", "是谁？", "", "The report is long."])
def test_what_is_no_name_has_no_other(question: str) -> None:
    assert known_names().names_for(question) == []
