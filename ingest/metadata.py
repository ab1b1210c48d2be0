"""A report's symbol and title, from its opening lines and running headers."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.furniture import SYMBOL, ends_sentence, width_of
from ingest.normalizer import join_lines
from ingest.structure import Structure

# Lines of the opening that say who wrote the report; its title stands right above.
AUTHOR = re.compile(
    r"(?:Report|Note|Study|Memorandum)\s(?:of|by|prepared by|submitted by)\s"
    r"|(?:Rapport|Note|Étude)\s(?:du|de|des|établie?|présentée?)\b"
    r"|(?:Informe|Nota|Estudio)\s(?:del?|preparad[ao]|presentad[ao])\b"
    r"|(?:Доклад|Записка)\s(?!о\b|об\b)"
    r"|(?:تقرير|مذكرة)\s(?:من\s|مقدم|ال[أا]م)"
    r"|.{2,30}的(?:报告|说明|報告|說明)\*?$"
)
# Lines of the opening that say where, when and under which item it was presented.
_PRESENTED = re.compile(
    r"(?:United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций"
    r"|الأمم المتحدة|联合国|聯合國)(?:\s{2,}.*)?$"
    r"|(?:Distr|Original|Оригинал|普遍|限制|原文|原件)\b"
    r"|.*(?:\b(?:session|período de sesiones|сессия)\b|الدورة|届.{0,4}(?:会议|常会))"
    r"|(?:(?:Agenda )?[Ii]tems?|Points?|Temas?|Пункты?|البند)\s|.{0,6}[议議]程"
    r"|.*(?:19|20)\d\d(?:\s?年.*日.*)?$"
)
SUMMARY = re.compile(
    r"(?:Summary|Contents|Executive summary|Abstract|Résumé|Table des matières|Sommaire|"
    r"Resumen|Índice|Резюме|Содержание|موجز|ملخص|المحتويات|摘要|提要|目录|目錄|概要)$",
    re.IGNORECASE,
)
_SYMBOL = re.compile(rf"(?<![\w/.-]){SYMBOL}(?![\w/])")
# Characters of the longest line that is told from a sentence with symbols in it.
_LONGEST_SYMBOL_LINE = 120
# Columns of the shortest line that is told from a stray word.
_NARROWEST_TITLE = 4
_LONGEST_TITLE = 400


def find_symbol(structure: Structure, *, file_stem: str) -> str | None:
    """Return the document's own symbol, such as ``CTOC/COP/2012/10``, or None.

    A running header prints it on every page, the opening in a line of its own; symbols in
    sentences and footnotes are those of other documents. Of several the one that the file name
    spells is taken, else the most frequent, else the first.
    """
    found: list[str] = [
        symbol
        for line in (*structure.furniture, *(line for block in structure.opening for line in block))
        if len(line) <= _LONGEST_SYMBOL_LINE and not ends_sentence(_SYMBOL.sub("", line))
        for symbol in _SYMBOL.findall(line)
    ]
    if not found:
        return None
    stem = _spelled(file_stem)
    named = [symbol for symbol in found if stem.startswith(_spelled(symbol))]
    return max(named, key=len) if named else Counter(found).most_common(1)[0][0]


def _spelled(name: str) -> str:
    """Return `name` as file names spell symbols: small letters, hyphens for the rest."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower())


def find_title(structure: Structure) -> str | None:
    """Return the title in one line of clean text, or None where the opening holds none.

    It is the heading that the format marks as the title; without one, what stands right above the
    line that names the author; without such a line, the longest block of the opening that does
    not say where, when or for what it was presented.
    """
    if structure.title is not None and _title_lines([structure.title]):
        return _title([structure.title])
    blocks: list[list[str]] = []
    for block in structure.opening:
        if SUMMARY.match(block[0]) or (len(" ".join(block)) > 120 and ends_sentence(block[-1])):
            break
        author = max((n for n, line in enumerate(block) if AUTHOR.match(line)), default=None)
        lines = _title_lines(block[:author])
        if author is not None and (lines or blocks):
            return _title(lines or blocks[-1])
        lines = lines or _title_lines(block)
        if lines:
            blocks.append(lines)
    return _title(max(blocks, key=lambda lines: sum(map(width_of, lines)))) if blocks else None


def _title_lines(block: Sequence[str]) -> list[str]:
    """Return the lines below the last one that says where, when or for what.

    Stray words above and below are left out.
    """
    lines: list[str] = []
    for line in reversed(block):
        if _PRESENTED.match(line) or _SYMBOL.search(line[:_LONGEST_SYMBOL_LINE]):
            break
        if line[-1] not in ",，،;；:：":
            lines.insert(0, line)
    wide = [place for place, line in enumerate(lines) if width_of(line) >= _NARROWEST_TITLE]
    return lines[wide[0] : wide[-1] + 1] if wide else []


def _title(lines: Sequence[str]) -> str:
    return join_lines(lines)[:_LONGEST_TITLE].rstrip("*† ")
