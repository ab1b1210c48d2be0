"""Questions about a report itself: which session, item and date, and who wrote it.

They are answered by the lines of the report's head, which no search finds: a head says little in
sentences, and its title shares words with nearly every question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.lexical import simplified
from index.library import Library
from ingest.presentation import Aspect, Mention, find_mentions
from ingest.report import Paragraph
from qa.composer import Composition, Statement
from qa.lookup import SYMBOL

_REPORT = re.compile(
    r"(?:这|該|该|此|本)(?:一)?(?:份|个|篇)?(?:报告|文件|文书|说明)|(?<![\w的])报告(?=[是由在于被提什何])|报告的(?=日期|作者)|(?<=提交|编写|起草|印发|发布)(?:了)?(?:这份)?报告"
    r"|\b(?:the|this|present) (?:present )?(?:report|document|note|paper)\b"
    r"|\b(?:le|ce|du|au|présent) (?:présent )?(?:rapport|document)\b|\bla (?:présente )?note\b"
    r"|\b(?:el|este|del|al|presente) (?:presente )?(?:informe|documento)\b"
    r"|\b(?:(?:этот|настоящий|данный|этого|настоящего|данного|этом|эту) )?(?:доклад|отч[её]т|документ)(?:а|у|ом|е)?\b"
    r"|(?:هذا |هذه )?(?<!\w)(?:ال|لل)(?:تقرير|وثيقة|مذكرة)(?!\w)",
    re.IGNORECASE,
)
_ISSUE = (
    r"(?:发布|发表|印发|出版|公布|提交|写成|完成|编写)",
    r"(?:issued|published|dated|released|distributed|circulated|submitted|written|prepared|presented)",
    r"(?:publié|paru|daté|diffusé|présenté|soumis|établi)",
    r"(?:publicó|publicado|emitió|emitido|distribuyó|presentó|fechado|fecha)",
    r"(?:опубликован|издан|выпущен|распростран[её]н|датирован|представлен|подготовлен)\w*",
    r"(?:صدر|صدرت|نشر|نُشر|نشرت|قُدم|قدم|أُصدر|إصدار)",
)
# What asks for an aspect; each line holds one language.
_ASKED: tuple[tuple[Aspect, str], ...] = (
    (
        Aspect.SESSION,
        r"(?:哪(?:一)?|第几)(?:届|次)(?:\w{0,4}(?:会议|常会|大会|会))?"
        r"|\b(?:which|what) (?:\w+ )?session\b"
        r"|\bquelle (?:\w+ )?session\b"
        r"|\b(?:qué|cuál) (?:período|periodo) de sesiones\b"
        r"|\bкак(?:ой|ую|ая) (?:\w+ )?сесси\w+"
        r"|(?:أي|أية|ما هي) (?:ال)?دورة",
    ),
    (
        Aspect.AGENDA_ITEM,
        r"(?:哪(?:一)?个?|哪项|什么|第几个?)(?:临时)?议程(?:项目)?|(?:临时)?议程(?:项目)?(?:的)?(?:是)?(?:第几|哪一?)(?:项|个)?|议程第几项"
        r"|\b(?:which|what) (?:provisional )?(?:agenda )?item\b|\bwhat (?:is|was) (?:the|its) agenda item\b"
        r"|\bquel point\b"
        r"|\b(?:qué|cuál) tema\b"
        r"|\bкак(?:ой|ому|им|ого) пункт\w*(?= (?:предварительной )?повестк)"
        r"|(?:أي|ما) (?:هو )?(?:ال)?بند",
    ),
    (
        Aspect.DATE,
        rf"(?=.*{_ISSUE[0]})(?:什么时候|何时|哪(?:一)?[天年日]|几月几[日号]|哪个月)|(?:发布|印发|出版|发表)?日期(?:是)?(?:什么|哪天|何时|多少)?"
        rf"|(?=.*\b{_ISSUE[1]}\b)(?:\bwhen\b|\b(?:on|in) (?:which|what) (?:date|day|month|year)\b)|\b(?:what is the )?(?:issue |publication )?date of(?= (?:the|this))"
        rf"|(?=.*\b{_ISSUE[2]})\b(?:quand|à quelle date|en quelle année)\b|\bquelle est la date(?: de publication)?\b"
        rf"|(?=.*\b{_ISSUE[3]}\b)(?:\bcuándo\b|\ben qué (?:fecha|año|mes)\b)|\bcuál es la fecha(?: de publicación)?\b"
        rf"|(?=.*\b{_ISSUE[4]})\b(?:когда|какого числа|в каком году)\b|\bкакова дата(?: публикации)?\b"
        rf"|(?=.*{_ISSUE[5]})(?:متى|في أي تاريخ)|ما (?:هو )?تاريخ",
    ),
    (
        Aspect.SESSION_DATES,
        r"(?:什么时候|何时|在?哪里|在?何地|在?哪(?:个|座)城市)(?=.*(?:举行|召开|开会))|(?=.*(?:会议|届会).*(?:举行|召开))(?:什么时候|何时|在?哪里|在?何地|在?哪(?:个|座)城市)"
        r"|\b(?:when|where)\b(?=.*\bsession\b.*\b(?:held|place|convened?|meet)\b)"
        r"|\b(?:quand|où)\b(?=.*\b(?:tient|tenue?|tiendra|lieu)\b)"
        r"|\b(?:cuándo|dónde)\b(?=.*\b(?:celebra|celebró|celebrará|lugar)\b)"
        r"|\b(?:когда|где)\b(?=.*\b(?:проход\w+|состо\w+|провод\w+|проведен\w+)\b)"
        r"|(?:متى|أين)(?=.*(?:تعقد|عقدت|انعقدت|ستعقد))",
    ),
    (
        Aspect.AUTHOR,
        r"(?:由)?(?:谁|哪(?:一)?个(?:机构|部门|机关|组织))(?=.*(?:编写|起草|撰写|提交|写|作))|作者(?:是谁)?"
        r"|\bwho\b(?=.*\b(?:wrote|prepared|submitted|drafted|presented|issued|author\w*)\b)|\bby whom\b|\bwho (?:is|was) the author\b"
        r"|\b(?:par )?qui\b(?=.*\b(?:rédigé|établi|présenté|soumis|écrit|préparé|auteur)\b)"
        r"|\bquién(?:es)?\b(?=.*\b(?:escribió|preparó|presentó|elaboró|redactó|autor)\b)"
        r"|\bк(?:то|ем)\b(?=.*\b(?:написал|подготов\w+|представ\w+|составил|автор)\b)"
        r"|(?:من)(?=.*(?:أعد|كتب|قدم|قدّم|وضع))",
    ),
)
_ASKED_COMPILED = tuple((aspect, re.compile(pattern, re.IGNORECASE)) for aspect, pattern in _ASKED)
# What such a question may say besides; anything else must stand in the head or the title.
_FILLERS = re.compile(
    r"提交给?了?|提出|发布|发表|印发|出版|公布|编写|起草|撰写|写成|写的?|完成|审议|讨论|准备|属于|列[入在]|对应|针对|举行|召开|开会|会议|届会(?!议)|大会|缔约方|联合国|理事会|委员会|议程|项目|临时|秘书|日期|时候|的|是|在|于|被|由|给|向|为|了|上|下|里|根据|按照|关于|哪|请问|吗|呢|这|份|该|本|此|报告|文件|作者|谁|什么"
    rf"|\b(?:{_ISSUE[1]}|was|is|were|are|be|been|has|have|had|did|does|do|it|its|to|at|in|on|of|for|by|under|from|before|with|and|the|this|that|which|what|when|where|will|would|report|document|held|take|took|taken|place|convene|convened|meet|met|session|item|agenda|provisional|considered|discussed|author|wrote|drafted|submit|prepare|issue|date|published|publication|conference|parties|general|assembly|council|commission|committee|body|organ|united|nations|made|being)\b"
    rf"|\b(?:{_ISSUE[2]}e?|a|à|au|aux|de|du|des|d|la|le|les|l|un|une|en|est|été|ce|cette|se|t|il|elle|lors|sous|pour|par|qui|que|quel|quelle|auquel|laquelle|rapport|document|session|point|ordre|jour|provisoire|tient|tenue|tiendra|lieu|examiné|rédigé|établi|écrit|préparé|auteur|correspond|rattache|conférence|parties|assemblée|générale|conseil|commission|comité|date)\b"
    rf"|\b(?:{_ISSUE[3]}|a|al|el|la|los|las|en|de|del|se|fue|es|ha|sido|este|esta|que|con|por|para|bajo|corresponde|informe|documento|período|periodo|sesiones|tema|programa|temario|provisional|celebra|celebró|celebrará|tiene|tuvo|tendrá|lugar|examinado|examinó|escribió|preparó|elaboró|redactó|autor|publicación|conferencia|partes|asamblea|general|consejo|comisión|comité)\b"
    rf"|\b(?:{_ISSUE[4]}|на|по|в|во|к|о|об|с|и|был|была|было|были|будет|этот|эта|доклад\w*|документ\w*|отч[её]т\w*|сесси\w+|пункт\w*|повестк\w+|дня|предварительн\w+|проход\w+|состо\w+|провод\w+|проведен\w+|рассм\w+|написал|подготов\w+|представ\w+|составил|автор|относится|конференци\w+|участник\w+|генеральн\w+|ассамбле\w+|совет\w*|комисси\w+|комитет\w*|дата)\b"
    rf"|(?<!\w)(?:{_ISSUE[5]}|في|من|إلى|على|هذا|هذه|التي|الذي|هي|هو|أي|ما|بموجب|إطار|التقرير|الوثيقة|الدورة|البند|جدول|الأعمال|المؤقت|تعقد|عقدت|انعقدت|ستعقد|أعد|كتب|وضع|تم|المؤتمر|الأطراف|الجمعية|العامة|المجلس|اللجنة|تقديم|عرض)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAspect:
    """What a question wants to know of a report.

    Attributes:
        aspect: what the head of a report says of it.
        rest: what the question says besides, such as the subject of the report.
    """

    aspect: Aspect
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadAnswer:
    """What the head of one report answers."""

    document: str
    paragraph: Paragraph
    mention: Mention


def asked_aspect(question: str) -> AskedAspect | None:
    """Return what `question`, in Simplified script, asks of a report itself, or None."""
    text = SYMBOL.sub(" ", question)
    is_named = text != question or _REPORT.search(text) is not None
    for aspect, pattern in _ASKED_COMPILED:
        if pattern.search(text) is None:
            continue
        rest = _FILLERS.sub(" ", pattern.sub(" ", _REPORT.sub(" ", text)))
        rest = " ".join(re.findall(r"\w+", rest))
        is_alone = aspect in (Aspect.SESSION, Aspect.AGENDA_ITEM) and not rest
        if is_named or is_alone or aspect is Aspect.SESSION_DATES:
            return AskedAspect(aspect=aspect, rest=rest)
    return None


def answers_of_heads(
    library: Library, asked: AskedAspect, *, documents: Sequence[str]
) -> list[HeadAnswer]:
    """Return what the heads of `documents` (empty: of all) say of the asked-for aspect.

    Only documents whose head or title has all that the question says besides.
    """
    titles = library.titles()
    words = asked.rest.casefold().split()
    found: list[HeadAnswer] = []
    for document, paragraph in library.heads(documents=documents):
        said = simplified(f"{titles[document]}\n{paragraph.text}").casefold()
        mention = find_mentions(paragraph.text).get(asked.aspect)
        if mention is not None and all(word in said for word in words):
            found.append(HeadAnswer(document=document, paragraph=paragraph, mention=mention))
    return found


def composed(answers: Sequence[HeadAnswer]) -> Composition:
    """Return the lines that answer, and what in them does."""
    return Composition(
        statements=tuple(
            Statement(
                document=answer.document, paragraph=answer.paragraph, span=answer.mention.line
            )
            for answer in answers
        ),
        short_answers=tuple(
            dict.fromkeys(
                answer.paragraph.text[answer.mention.words.start : answer.mention.words.end]
                for answer in answers
            )
        ),
    )
