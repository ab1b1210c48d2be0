"""Follow-up questions: what they leave out is taken from the question before.

A follow-up that only names another year, place, name or counted thing ("And in Liberia?") puts that
in the place of what the question before says of the same kind. Every other one that leans on the
question before is searched behind it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.lexical import simplified
from ingest.report import Span
from qa.answer_type import told_of
from qa.spans import dates, places

# Tables of words, one language a line: Chinese (Simplified, questions are compared so), English,
# French, Spanish, Russian, Arabic.

_OPENERS = (
    r"那么|那(?![些个里时位份不])|还有|此外|另外|而(?!且)|至于|不过|但是",
    r"(?:and|but|so|or)\b(?:,? (?:what|how) about\b)?|(?:what|how) about\b|as for\b",
    r"(?:et|mais|ou)\b(?! si\b)|(?:quid|qu['’]en est-il) (?:de\b|d['’]|du\b|des\b)",
    r"(?:y(?! a-t-il)|e|o|pero)(?=\s)(?:,? (?:qué|que) (?:tal|hay|pasa|sucede|ocurre) (?:con|de|en)\b)?|¿?qué (?:tal|pasa) (?:con|en)\b",
    r"(?:а|и|но|или)\s(?:как насчет|как насчёт|что насчет|что насчёт)?|как насч[её]т\b",
    r"و?ماذا عن|و(?=(?:ماذا|كم|أين|متى|من|هل|في|ما|عن|لماذا|كيف)\b)",
)
"""What opens a question that goes on with the last one."""
_CLOSERS = (
    r"(?:的?(?:情况|数字|数据))?(?:又?(?:怎么样|怎样|如何))?呢?",
    r"(?:then|too|as well|instead)?",
    r"(?:alors|aussi)?",
    r"(?:entonces|también)?",
    r"(?:тоже|также)?",
    r"(?:أيضا|أيضاً)?",
)
_LINKS = (
    r"在|于|的|到|从|对|对于|里|中|和|与|及|、|方面|期间|内|呢",
    r"in|at|for|of|from|to|on|during|by|with|under|the|and|year|years?",
    r"en|au|aux|à|dans|de|du|des|d['’]|l['’]|la|le|les|pour|par|chez|pendant|sous|et|année",
    r"en|de|del|la|el|los|las|para|por|a|al|durante|con|bajo|y|año",
    r"в|во|на|о|об|для|из|по|у|с|со|за|и|году?|года|годом",
    r"في|عن|من|على|عام|سنة|إلى|خلال|لدى|و|ف|ب|ل|فيما يخص",
)
"""What stands between and before the names of a follow-up that consists of names."""
_LOOKS_BACK = (
    r"^其中|(?<!应)该(?!报告|文件|文档|文本|如何|怎|做|由|不|用|有)|上述|前者|后者"
    r"|(?<!的)这(?:个|些|种|项|一|次|里)(?!报告|文件|文档|文本)|(?<!的)那(?:个|种|项|里|时|位)(?!报告|文件)|那些(?!\w*的)",
    r"\b(?:these|this) (?!reports?\b|documents?\b|paper|text|publication|file)|\bthose(?! (?:who|that|which|with|of|in)\b)|\bof (?:them|these)\b|\bthere\W*$"
    r"|\bthe (?:latter|former)\b|^(?:\w+ )?(?:is|was|does|did) that\b|^(?:\w+ )?else\b|^(?:any|which) others?\b"
    r"|\bthat (?:year|country|program(?:me)?|project|meeting|unit|network|office|region|initiative|one)\b",
    r"\bparmi (?:eux|elles|ceux-ci|celles-ci)\b|^\W*(?:lequel|laquelle|lesquel(?:le)?s)\b|\b(?:ce|cet|cette|ces) (?!rapport|document|texte|qu)\w{3,}"
    # A French pronoun behind its verb repeats the subject; alone behind the question word it is one.
    r"|\b(?:celui|celle|ceux|celles)-(?:ci|là)\b|\bcela\b|\bça\b"
    r"|^(?:(?:à|de|en|pour|par) )?(?:(?:quand|où|comment|combien|pourquoi|qui|que|quoi|quel(?:le)?s?) |qu['’])?(?!y a)(?:(?:en|y|se|s['’]|l['’]) ?)*\w+-(?:t-)?(?:ils?|elles?)\b",
    r"\b(?:ellos|ellas|esto|eso)\b|\b(?:este|esta|estos|estas|ese|esa|esos|esas) (?!informe|documento|texto)|\bdich[oa]s?\b|\ballí\W*$",
    r"^которые\b|\b(?:них|ними|ней|нём)\b|\bэт(?:от|а|о|и|ого|ой|их|ом|ому|им|ими)\b(?! (?:доклад|документ|отч[её]т|текст))",
    r"(?:^|\s)(?:هذا|هذه|ذلك|تلك|هؤلاء)(?!\s(?:التقرير|الوثيقة|النص|المستند))(?!\w)|\bهناك\W*$|\b(?:منها|منهم|بينها|بينهم)\b",
)
"""Words that point back wherever they stand."""
_PRONOUNS = (
    r"(?<!其)它们?|他们|她们|(?<![尤与极])其(?![中他它实余次])",
    # The other spelling is information technology.
    r"\b(?:(?-i:[Ii]t)(?! (?:important|possible|necessary|true|likely))|its|they|them|their|theirs|he|she|him|his|her)\b",
    r"(?<![-\w])(?:ils?|elles?|leurs?)\b",
    r"\b(?:su|sus|él|ella)\b",
    r"\b(?:он|она|оно|они|их|его|её|ее|им|ими|там|туда)\b",
    r"(?:^|\s)هم(?!\w)|^ما (?:هو|هي) (?!ال)\w{3,}(?:ه|ها|هم)\W*$",
)
"""Pronouns that point back from the front of a question; further on they mostly mean a word in it."""
_OWN_SUBJECTS = (
    r"(?:哪[些个几]|多少|几个)[^，,]{1,12}其",
    r"\b(?:which|what|how many) (?!is|are|was|were|did|do|does|has|have|will|can)\w+ (?:\w+ )?(?:\w+ )?their\b",
    r"\b(?:quel(?:le)?s|combien d['e’]) ?\w+ (?:\w+ )?(?:\w+ )?leurs?\b",
    r"\b(?:qué|cuánt[oa]s|cuáles) (?!es|son|fue|era)\w+ (?:\w+ )?(?:\w+ )?sus?\b",
    r"\b(?:какие|сколько) \w+ (?:\w+ )?(?:\w+ )?их\b",
)
"""Questions whose possessive means those that they ask for: which countries changed their laws."""
_UNNAMED = (
    r"^(?:项目|方案|计划|会议|机构|网络|手册|培训)(?=什么时候|何时|由谁|是谁|在哪|有(?:哪|多少|几)|的(?:目[的标]|重点|经费|资金|成果)|覆盖|包括)",
    r"\bthe (?:projects?|program(?:me)?s?|meetings?|unit|network|initiative|handbook|training|reasons?|aims?|goals?|objectives?|purpose|results?|outcomes?|budget|costs?|deadline)\W*$",
    r"(?:\b(?:du|le|la|les|au|des)|\bl['’]) ?(?:projets?|programme|réseau|réunion|initiative|manuel|formation|objectifs?|résultats?|budget)\W*$",
    r"\b(?:del|el|la|los|las|al) (?:proyecto|programa|red|reunión|iniciativa|manual|capacitación|objetivos?|resultados?|presupuesto)\W*$",
    r"\b(?:в|во|из|об?|для|к|у|за) (?:проект|программ|инициатив|сет|совещани)\w{0,3}\W*$",
)
"""A thing that is known, called by its kind alone."""
_COMPARES = (
    r"相比|比较|对比|比.{1,12}[多少高低大小]|\bthan\b|\bcompar|\bque\b|\bчем\b|\bсравн|مقارنة"
)
_DEFINES = re.compile(
    r"什么是|何谓|[^的]{5,}(?:是|指)什么|what (?:is|are) \w|qu['’]est[- ]ce qu|¿?qué (?:es|son) |что такое |ما (?:هو|هي) ",
    re.IGNORECASE,
)
"""A question that asks what something is names it."""
_ASKS = re.compile(
    r"什么|何|多少|哪|谁|几|怎|吗|是否|为啥|干啥|有没有"
    r"|\b(?:wh(?:o|om|ose|at|en|ere|y|ich)|how|qui|que|quoi|quand|où|pourquoi|comment|combien|quel\w*|quién\w*|qué|cuál\w*|cuánd?t?\w*|dónde|cómo|por qué|кто|что|когда|где|почему|как|сколько|какие|какой|какая)\b"
    r"|(?:^|\s)و?(?:من|ما|ماذا|متى|أين|لماذا|كيف|كم|هل)(?:\s|$)",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"其他|其它|其余|别的|后来|现在|今年|去年|明年|以[后前]|之[后前]|原因|结果|具体|更多|再|然后|目前"
    r"|\b(?:others?|else|then|now|today|later|more|next|before|after(?:wards)?|since|rest|all|so|not|yes|no|autres?|ensuite|maintenant|après|plus|otros?|otras?|ahora|después|luego|más|другие|ещё|еще|потом|сейчас|дальше)\b"
    r"|(?:الآن|بعد|قبل|غير|أخرى|آخر)",
    re.IGNORECASE,
)
"""What follows an opener without naming a thing."""
_COUNTED = (
    r"(?:多少|几)(?:公斤|千克|吨|克|升|[个名位起件项支份种次家笔辆艘只张场批])?(?P<zh>[\u4e00-\u9fff]{1,8})(?=\W*$)",
    r"\bhow (?:many|much) (?:(?:kilos?|kilogram(?:me)?s|ton(?:ne)?s|grams|cases) of )?(?P<en>\w+(?: \w+)??)(?= (?:were|was|are|is|did|does|do|has|have|had|will|can|in|from|at|\w{3,}ed)\b)",
    r"\bcombien (?P<fr>(?:de |d['’])\w+)(?= (?:ont|a|sont|est|étaient|était|furent|avaient|avait|y|en|à|au|dans|du|des)\b)",
    r"\bcuánt[oa]s? (?P<es>\w+)(?= (?:fueron|fue|se|son|ha|han|hay|había|en|de|del)\b)",
    r"\bсколько (?P<ru>\w+)(?= (?:был[оаи]?|есть|имеет\w*|прош\w+|в|на|из)\b)",
    r"(?:^|\s)كم (?P<ar>\w+)(?=\s)",
)
"""What is counted: the thing right behind "how many"."""
_NAMES = {
    "title": re.compile(r"《[^《》]*》|«[^«»]{2,}»|“[^“”]{2,}”|「[^「」]{2,}」"),
    "name": re.compile(
        r"(?<![^\W\u4e00-\u9fff])(?<![/-])[A-ZА-ЯЁ]{2,}(?:-[A-Z0-9]+)?(?!/|[^\W\u4e00-\u9fff])"
        r"|(?<=[\w,;:’'-] )[A-ZÀ-ÞА-ЯЁ][\w’-]+(?: (?:(?:of|the|and|for|on|de|du|des|la|le|del|los|las|et|y|по|и) )*[A-ZÀ-ÞА-ЯЁ][\w’-]+)*"
    ),
    # One of several in a row: a phase, a round, a session.
    "ordinal": re.compile(
        r"(?:第[一二三四五六七八九十百\d]+|[头首]一?|[上下]一?)(?:个?(?:阶段|季度)|[期轮次届批])"
        r"|(?<!\w)(?:(?:first|second|third|fourth|fifth|last)\s(?:phase|round|session|stage|batch|quarter)s?"
        r"|(?:premi[eè]re?|deuxième|seconde?|troisième|quatrième|dernière?)\s(?:phase|session|étape|série|trimestre|tranche)"
        r"|(?:primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|últim[oa])\s(?:fase|ronda|sesión|etapa|trimestre|tanda)"
        r"|(?:перв|втор|трет|четв[её]рт|последн)\w{2,3}\s(?:этап|фаз|раунд|сесси|квартал|очеред)\w{0,3}"
        r"|(?:المرحلة|الجولة|الدورة|الدفعة|الربع)\sال(?:أولى|ثانية|ثالثة|رابعة|أخيرة|أول|ثاني|ثالث|رابع))(?!\w)",
        re.IGNORECASE,
    ),
    # A Chinese body, where its beginning is certain.
    "body": re.compile(
        r"(?:(?<=^)|(?<=[ ，,、年：]))[\u4e00-\u9fff]{2,14}(?:委员会|理事会|组织|办公室|办事处|秘书处|法院|检察院|署|局|方案|项目|公约|议定书)"
    ),
}
"""Names that are known by their form."""
_ONLY_KNOWN_BY_FORM = ("place", "name")

_CHARACTERS_PER_WORD = 3
"""Chinese characters that say as much as a word of the other languages."""
_SHORT = 3
"""Words of a question that is too short to name what it is about."""
_EARLY = 4
"""Words in front of a pronoun that points back, at most."""
_CLAUSE = 5
"""Words of a clause of its own, which what stands behind its comma can mean."""
_BRIEF = 7
"""Words of a question in which a pronoun points back wherever it stands."""
_THING_WORDS = 3
_THING_CHARACTERS = 6
"""Longest thing, in words or Chinese characters, that a follow-up can put in another's place."""


def _any(table: Sequence[str]) -> str:
    return "(?:" + "|".join(table) + ")"


_OPENING = re.compile(rf"^[\s¿]*{_any(_OPENERS)}[\s,，：]*", re.IGNORECASE)
_CLOSING = re.compile(rf"\s*{_any(_CLOSERS)}[\s？?。.!！؟]*$", re.IGNORECASE)
_LINK = re.compile(
    rf"(?:(?:{_LINKS[0]})|(?<![^\W\u4e00-\u9fff]){_any(_LINKS[1:])}(?![^\W\u4e00-\u9fff])|(?<=['’])\b|[\s,，、])+",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    rf"(?<!\w)(?:{'|'.join(_LINKS[1:5])})(?:\s+(?:the|la|le|les|el|los|las))?\s*$", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:(?:of|the|les?|la|los|las|el|des?|du)\s+|[dl]['’]\s*)+", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:(?:about|on|regarding|sur|concernant|sobre|acerca de|об?|про|عن|حول)\s+|关于|对于)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(_any(_LOOKS_BACK), re.IGNORECASE)
_PRONOUN = re.compile(_any(_PRONOUNS), re.IGNORECASE)
_OWN_SUBJECT = re.compile(_any(_OWN_SUBJECTS), re.IGNORECASE)
_UNNAMED_THING = re.compile(_any(_UNNAMED), re.IGNORECASE)
_ENDS_OPEN = re.compile(r"呢[\s？?。]*$")
_JOINT = re.compile(
    r"\s*(?:、|,|，|和|与|及|以及|至|到|[-–]|\b(?:and|et|y|и)\b|و)\s*(?:(?:in|en|au|в|في)\s)?"
)
_COMPARISON = re.compile(_COMPARES, re.IGNORECASE)
_COUNTED_THING = re.compile(_any(_COUNTED), re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """A year, place or name in a question: ``date``, ``place`` or one of ``_NAMES``."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A question made whole.

    Attributes:
        before: what it leans on and is searched behind; empty where it stands alone.
        asked: what is asked now.
    """

    before: str
    asked: str

    @property
    def text(self) -> str:
        """What to search for."""
        return f"{self.before} {self.asked}" if self.before else self.asked

    @property
    def latest(self) -> str | None:
        """What is asked now, in Simplified script, if it leans on something; else None."""
        return simplified(self.asked) if self.before else None


def resolve(question: str, *, context: Sequence[str]) -> Resolved:
    """Return the question, made whole from the last one where it leans on that.

    A question leans on the one before if it refers to something said or is only a few words long.
    One that leans on a question which leans itself takes both. What a question says anew stands in
    the place of what it replaces (then in Simplified script), else the question stands behind.

    Args:
        question: what is asked now, in any of the six languages.
        context: the earlier questions, oldest first; empty where there are none.
    """
    alone = Resolved(before="", asked=question)
    if not context:
        return alone
    asked = simplified(question).strip()
    core = _core(asked)
    is_brief = _size(core) <= _BRIEF
    slots = _slots(core, lead="- ") if is_brief else []
    is_fragment = _is_made_of(core, slots)
    if not (is_fragment or _leans(asked)):
        return alone
    before = resolve(context[-1], context=context[:-1]).text
    if is_brief and not (_looks_back(asked) or _COMPARISON.search(asked)):
        known = simplified(before)
        if is_fragment:
            changed, missing = _replaced(known, core, slots)
            if len(missing) < len(slots):
                return Resolved(before="", asked=" ".join([changed, *missing]))
        elif _goes_on(asked) and (told := _told_of(core, known)):
            return Resolved(before="", asked=told)
        elif _is_thing(core) and _goes_on(asked):
            counted = list(_COUNTED_THING.finditer(known))
            if len(counted) == 1 and counted[0].lastgroup is not None:
                start, end = counted[0].span(counted[0].lastgroup)
                link = "de " if counted[0].lastgroup == "fr" else ""
                whole = f"{known[:start]}{link}{_ARTICLE.sub('', core)}{known[end:]}"
                return Resolved(before="", asked=whole)
        else:  # it asks something else, of another year, place or phase
            slots = [slot for slot in slots if slot.kind in ("date", "place", "ordinal")]
            changed, missing = _replaced(known, core, slots)
            if len(missing) < len(slots):
                return Resolved(before=changed, asked=question)
    return Resolved(before=before, asked=question)


def _core(asked: str) -> str:
    """Return a question without the words that open and close a follow-up."""
    opening = _OPENING.match(asked)
    core = asked[opening.end() :] if opening else asked
    closing = _CLOSING.search(core)
    return (core[: closing.start()] if closing else core).strip()


def _slots(text: str, *, lead: str = "") -> list[_Slot]:
    """Return the years, places and names of `text` in order; a list of one kind is one of them.

    Args:
        text: a question or what is left of one.
        lead: what stands before the text. The first word of a sentence is written large whatever
            it is, but not the first one behind what leads to it.
    """
    whole = lead + text
    found = [("date", span) for span in dates(whole)]
    found.extend(("place", span) for span in places(whole))
    found.extend(
        (kind, Span(start=match.start(), end=match.end()))
        for kind, pattern in _NAMES.items()
        for match in pattern.finditer(whole)
        if not _ASKS.search(match.group())
    )
    kept: list[_Slot] = []
    for kind, span in found:
        moved = Span(start=span.start - len(lead), end=span.end - len(lead))
        if all(moved.end <= slot.span.start or slot.span.end <= moved.start for slot in kept):
            kept.append(_Slot(kind=kind, span=moved))
    kept.sort(key=lambda slot: slot.span.start)
    lists: list[_Slot] = []
    for slot in kept:
        if (
            lists
            and lists[-1].kind == slot.kind
            and _JOINT.fullmatch(text, lists[-1].span.end, slot.span.start)
        ):
            joined = Span(start=lists[-1].span.start, end=slot.span.end)
            lists[-1] = _Slot(kind=slot.kind, span=joined)
        else:
            lists.append(slot)
    return lists


def _is_made_of(core: str, slots: Sequence[_Slot]) -> bool:
    """Return whether nothing but `slots` and what links them is said."""
    edges = [0, *(edge for slot in slots for edge in (slot.span.start, slot.span.end)), len(core)]
    gaps = [core[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return bool(slots) and all(not gap or _LINK.fullmatch(gap) for gap in gaps)


def _replaced(before: str, core: str, slots: Sequence[_Slot]) -> tuple[str, list[str]]:
    """Return `before` with what `slots` of `core` say anew, and what is of no kind said there."""
    missing: list[str] = []
    for slot in slots:
        said = core[slot.span.start : slot.span.end]
        link = _PREPOSITION.search(core[: slot.span.start])
        place = _place_of(slot, link.group().strip() if link else "", before)
        if place is None:
            missing.append(said)
            continue
        start, end = place.start, place.end
        old_link = _PREPOSITION.search(before[:start])
        if link and old_link:
            said = link.group().lstrip() + said
            start = old_link.start()
        if said.isdecimal() and before[start:end].endswith("年"):
            said += "年"
        before = before[:start] + said + before[end:]
    return before, missing


def _place_of(slot: _Slot, link: str, before: str) -> Span | None:
    """Return what `slot`, behind a preposition or none, replaces in `before`, if that is certain."""
    known = _slots(before)
    behind = [
        other
        for other in known
        if link
        and (old := _PREPOSITION.search(before[: other.span.start]))
        and old.group().strip().lower() == link.lower()
    ]
    alike = [other for other in known if other.kind == slot.kind]
    if len(alike) > 1:
        alike = [other for other in alike if other in behind]
    if not alike and slot.kind in _ONLY_KNOWN_BY_FORM:
        # A place that no table knows looks like a name.
        alike = [other for other in behind if other.kind in _ONLY_KNOWN_BY_FORM]
    return alike[0].span if len(alike) == 1 else None


def _is_thing(core: str) -> bool:
    """Return whether `core` names a thing and says nothing of it."""
    return (
        re.fullmatch(r"[^\W\d_][\w’' -]*", core) is not None
        and len(core.split()) <= _THING_WORDS
        and len(re.findall(r"[\u4e00-\u9fff]", core)) <= _THING_CHARACTERS
        and not _ASKS.search(core)
        and not _NO_THING.search(core)
    )


def _told_of(core: str, before: str) -> str | None:
    """Return the question before, for what the report says, asked of the thing `core` names."""
    thing = _ABOUT.sub("", core)
    return told_of(before, thing=thing) if _is_thing(thing) else None


def _goes_on(asked: str) -> bool:
    """Return whether a question opens or ends as one that goes on with the last."""
    return _OPENING.match(asked) is not None or _ENDS_OPEN.search(asked) is not None


def _looks_back(asked: str) -> bool:
    """Return whether a word of the question means something that was said in an earlier one."""
    reference = _REFERENCE.search(asked)
    if reference:
        said = asked[: reference.start()]
        return not (re.search("[，,；;،]", said) and _size(said) > _CLAUSE)
    pronoun = _PRONOUN.search(asked)
    if pronoun and not _OWN_SUBJECT.search(asked):
        return _size(asked) <= _BRIEF or _size(asked[: pronoun.start()]) <= _EARLY
    return False


def _leans(asked: str) -> bool:
    if _looks_back(asked) or _UNNAMED_THING.search(asked):
        return True
    opening = _OPENING.match(asked)
    rest = asked[opening.end() :] if opening else asked
    if _DEFINES.match(rest):
        return False
    size = _size(rest)
    if _ENDS_OPEN.search(rest) and (size <= _EARLY or not _ASKS.search(rest)):
        return True
    return size <= (_BRIEF if opening else _SHORT)


def _size(text: str) -> float:
    """Return the length of `text` in words."""
    words = re.findall(r"[^\W\u4e00-\u9fff]+", text)
    characters = re.findall(r"[\u4e00-\u9fff]", text)
    return len(words) + len(characters) / _CHARACTERS_PER_WORD
