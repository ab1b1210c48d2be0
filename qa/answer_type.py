"""What kind of answer a question asks for, in six languages."""

import re
from dataclasses import dataclass
from enum import Enum


class AnswerType(Enum):
    """The field's usual answer types."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    NAME = "name"
    DEFINITION = "definition"
    HOW = "how"
    WHY = "why"
    YES_NO = "yesno"
    SUMMARY = "summary"
    COMPARISON = "comparison"
    LOCATE = "locate"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What would answer a question: its type, and whether several of it are asked for."""

    type: AnswerType
    is_list: bool


# The first pattern that is found wins, so what is specific stands first. Each line holds the six
# languages of the United Nations: Chinese (Simplified), English, French, Spanish, Russian, Arabic.
_PATTERNS: tuple[tuple[AnswerType, str], ...] = (
    (
        AnswerType.LOCATE,
        r"第几|哪(?:一|个|几|些)?(?:段|节|章|条|项里|一项|部分|处)|(?:哪里|哪儿|何处|什么地方)(?:有)?(?:讲|提|谈|说|写|论)"
        r"|\b(?:which|what) (?:paragraph|section|chapter|part)s?\b|\bwhere (?:in the (?:report|document)|does the (?:report|document))"
        r"|\bquels? (?:paragraphe|section|chapitre|partie|alinéa)s?|\boù (?:le|ce) (?:rapport|document)"
        r"|\b(?:qué|cuál(?:es)?) (?:párrafo|sección|capítulo|apartado)s?|\bdónde (?:del|en el) (?:informe|documento)"
        r"|\bкак(?:ой|ом|ая|ие|их) (?:пункт|абзац|раздел|глав)|\bв каком (?:месте|пункте|разделе)"
        r"|(?:أي|أية) (?:فقرة|قسم|فصل|جزء)",
    ),
    (
        AnswerType.DATE,
        r"什么时候|何时|几时|哪(?:一)?年|哪(?:一)?(?:天|日)|哪个月|几月|几号|何年|什么日期|哪个时间"
        r"|\bwhen\b|\b(?:what|which) (?:year|date|month|day)\b|\bsince when\b"
        r"|\bquand\b|\b(?:quelle|en quelle) (?:année|date)\b|\bquel (?:mois|jour|an)\b"
        r"|\bcuándo\b|\b(?:qué|cuál) (?:año|fecha|mes|día)\b"
        r"|\bкогда\b|\bв каком (?:году|месяце)\b|\bкакого числа\b|\bкакая дата\b"
        r"|متى|(?:أي|أية) (?:عام|سنة|تاريخ|شهر|يوم)",
    ),
    (
        AnswerType.COMPARISON,
        r"比较|相比|区别|差别|差异|异同|有(?:什么|何)不同|谁(?:更|最)|哪(?:个|一个|国)(?:更|最)|既.*又"
        r"|\bcompar(?:e|ed|ison)\b|\bdiffer(?:s|ent|ence)?\b|\bversus\b|\bboth\b.*\band\b"
        r"|\bcompar(?:er|ez|aison)\b|\bdifféren(?:ce|t|cie)"
        r"|\bcompar(?:ar|ación|e)\b|\bdiferen(?:cia|te)"
        r"|сравн|отлича|различ"
        r"|قارن|مقارنة|الفرق|يختلف|تختلف",
    ),
    (
        AnswerType.NUMBER,
        r"多少|几(?:个|项|起|次|名|国|家|种|部|份|位|年|天|人|条|成|届|所|座|公斤|吨|倍|百|千|万)|百分之几|数量|总数|多大|多高|多长|多久|多重|多远"
        r"|\bhow (?:many|much|long|often|large|old|far|high|tall|big)\b|\bwhat (?:number|percentage|proportion|share|amount)\b"
        r"|\bcombien\b|\bquel(?:le)? (?:nombre|pourcentage|proportion|quantité|montant)"
        r"|\bcuánt[oa]s?\b|\bqué (?:cantidad|porcentaje|número|proporción)"
        r"|\bсколько\b|\bкаков[оа]? (?:количество|число|доля)|\bкакое (?:количество|число)"
        r"|(?:^|\s)[وف]?كم\b|(?:ما|هو) عدد|نسبة",
    ),
    (
        AnswerType.PLACE,
        r"哪(?:个|些|几个|几|一个|\d+个)?(?:\w{0,3}洲)?(?:国家|国|地方|城市|地区|区域|省|州|市|港口|村|县)|去(?:了)?哪|在哪(?:里|儿)?|哪里|哪儿|何地|何处|什么地方"
        r"|\bwhere\b|\b(?:which|what)(?: \w+){0,2} (?:countr(?:y|ies)|cit(?:y|ies)|places?|regions?|states?)\b"
        r"|\boù\b|\bquel(?:le)?s?(?: \w+)? (?:pays|villes?|lieux?|régions?)"
        r"|\bdónde\b|\b(?:qué|cuáles)(?: \w+)? (?:país(?:es)?|ciudad(?:es)?|lugar(?:es)?|región|regiones)"
        r"|\bгде\b|\bкуда\b|\bкак(?:ой|ие|их|ая|ую|ом) (?:стран|город|регион|мест)"
        r"|أين|(?:أي|ما)(?: هي)? (?:بلد|بلدان|البلدان|دولة|دول|الدول|مدينة|مدن|منطقة|مناطق)",
    ),
    (
        AnswerType.DEFINITION,
        r"什么是|何谓|指(?:的)?(?:是)?什么|(?:是|算)(?:个|一个|一种|一套)?(?:什么|怎样|怎么样)(?:样)?(?:的)?(?:东西|文书|机构|组织|项目|制度|方案|概念|性质)|定义|什么意思|是什么[？?。]?$"
        r"|\bwhat (?:is|are) (?:an? |the )?[\w'’\- ]+\?*$|\bdefin(?:e|ition)|\bmeaning of\b|\bmean(?:t)? by\b"
        r"|\bqu['’]est-ce qu|\bqu['’]entend-on\b|\bdéfini|\bc['’]est quoi\b"
        r"|\bqué (?:es|son|significa)\b|\bdefin(?:a|ición)"
        r"|\bчто такое\b|\bчто (?:означает|представляет)|определен"
        r"|ما (?:هو|هي)(?! (?:عدد|البلدان|الدول))|تعريف|معنى",
    ),
    (
        AnswerType.SUMMARY,
        r"总结|概述|概括|综述|归纳|(?:做|开展|采取|进行|取得)(?:了)?(?:哪些|什么|啥)|哪些(?:工作|方面|措施|进展|成就|活动|内容|成果)|情况如何|主要内容"
        r"|\bsummar|\boverview\b|\boutline\b|\bwhat (?:has|have|was|were|did|does|do)\b.*\b(?:done|do|undertaken|achieved)\b"
        r"|\brésum|\bqu['’]a(?:-t-| )|\bquelles (?:mesures|activités|actions)"
        r"|\bresum|\bqué (?:ha|han|se ha|medidas|actividades)\b"
        r"|обобщ|кратко|\bчто (?:было )?сделан|\bкакие (?:меры|мероприятия)"
        r"|لخص|ملخص|ماذا فعل|ما الذي (?:فعل|قام)|ما (?:هي )?(?:التدابير|الأنشطة|الإجراءات)",
    ),
    (
        AnswerType.WHY,
        r"为什么|为何|为啥|原因|因何|凭什么|根据什么|目的是什么"
        r"|\bwhy\b|\breasons?\b|\bwhat (?:causes?|caused)\b|\bpourquoi\b|\braisons?\b"
        r"|\bpor qué\b|\brazón|\bmotivo|\bпочему\b|\bзачем\b|\bпричин|لماذا|سبب|أسباب|لمَ",
    ),
    (
        AnswerType.YES_NO,
        r"吗[？?。!！]*$|是否|是不是|有没有|有无|能否|会不会|可否|能不能|对不对|了没(?:有)?[？?]*$|没有[？?]$"
        r"|^\s*(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b"
        r"|^\s*(?:est-ce que|est-ce|[\w'’ -]+-t-(?:il|elle|on)\b|[\w'’ -]+ (?:est|sont|a|ont)-(?:il|elle|ils|elles)\b)"
        r"|^\s*¿(?!\s*(?:(?:en|a|de|por|para|con|desde|hasta|sobre) )?(?:qu|c[uó]|d[óo]nde|a cu))"
        r"|\bли\b|^\s*(?:هل|أ(?=\w+ ))",
    ),
    (
        AnswerType.NAME,
        r"谁|哪(?:个|些|几个|家|一个|位|一位|部|些?人)(?:国际)?(?:机构|组织|公司|部门|人|单位|委员会|办公室|网络|公约|文书|文件|手册|书|系统|方案|项目)?|叫(?:做)?什么|什么名字|名称|名字|题为什么|什么(?:机构|组织|手册|系统|人)"
        r"|\bwho(?:m|se)?\b|\b(?:which|what) (?:organi[sz]ation|body|agency|institution|office|person|document|resolution|title|name)s?\b|\bcalled\b|\bnamed?\b|\btitle\b"
        r"|\bqui\b|\bquel(?:le)?s? (?:organ|organisation|organisme|institution|résolution|document|titre|nom)|\bs['’]appelle"
        r"|\bquién(?:es)?\b|\bqué (?:órgano|organización|institución|resolución|documento)|\bse llama|\bnombre"
        r"|\bкто\b|\bкого\b|\bкем\b|\bкак(?:ой|ая|ое|ие) (?:орган|организац|учрежден|резолюц|документ)|\bназыва|\bназван"
        r"|(?:^|\s)مَ?ن (?:هو|هي|الذي|قام)?|(?:أي|ما) (?:هيئة|منظمة|مؤسسة|وثيقة|قرار|جهة)|اسم|يسمى",
    ),
    (
        AnswerType.HOW,
        r"怎么|怎样|如何|什么方式|通过什么|什么办法|什么途径"
        r"|\bhow\b|\bin what way|\bcomment\b|\bde quelle manière|\bcómo\b|\bde qué manera"
        r"|\bкак\b|\bкаким образом|كيف",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_LIST = re.compile(
    r"哪些|哪几|哪\d+|有(?:什么|哪)|列出|列举|分别|包括什么|几件事|哪(?:两|三|四|五|六|七|八|九|十)"
    r"|\b(?:which|what)(?: \w+)? (?:\w+s|countries|people)\b|\blist\b|\bname (?:the|all|\w+)\b"
    r"|\bquel(?:le)?s\b|\bles?quel(?:le)?s\b|\bénumér|\bcuáles\b|\bqué \w+s\b|\benumer"
    r"|\bкаки(?:е|х|ми)\b|\bперечисл|ما هي|أي (?:البلدان|الدول)|اذكر|عدد(?=\s+\w+ (?:التي|الذين))|ما \w+ا?ت\b|ما جوانب",
    re.IGNORECASE,
)


def expected_answer(question: str) -> Expectation:
    """Return what would answer `question` (Chinese in Simplified script)."""
    kind = next((kind for kind, pattern in _COMPILED if pattern.search(question)), AnswerType.OTHER)
    return Expectation(type=kind, is_list=bool(_LIST.search(question)))


def asks_for_year(question: str) -> bool:
    """Return whether a question about time wants a year and nothing finer."""
    return _YEAR.search(question) is not None


def asks_for_country(question: str) -> bool:
    """Return whether a question about places wants countries."""
    return _COUNTRY.search(question) is not None


def asked_measure(question: str) -> str | None:
    """Return the Chinese measure word or unit that a question asks to be counted in, or None."""
    match = _MEASURE.search(question)
    return match["measure"] if match else None


_YEAR = re.compile(
    r"哪(?:一)?年|何年|\b(?:what|which) year\b|\bquelle année\b|\b(?:qué|cuál) año\b|\bкаком году\b|(?:أي|أية) (?:عام|سنة)",
    re.IGNORECASE,
)
_COUNTRY = re.compile(
    r"国|\bcountr(?:y|ies)\b|\bpays\b|\bpaís(?:es)?\b|\bстран|بلد|بلدان|دول", re.IGNORECASE
)
_MEASURE = re.compile(
    r"(?:多少|几)(?P<measure>公斤|千克|公里|平方公里|公顷|小时|分钟|美元|欧元|吨|克|米|个|名|项|起|次|年|天|人|国|家|种|部|份|位|条|件|届|所|元|倍)"
)
