"""What questions ask for, in words: the tables of patterns behind `qa.answer_type`.

A table has one row for each language, in the order Chinese (Simplified, questions are compared so),
English, French, Spanish, Russian, Arabic. A row holds the alternatives of its language; it is empty
where the language has none.
"""

import re

Row = tuple[str, ...]
Table = tuple[Row, Row, Row, Row, Row, Row]


def compiled(*tables: Table) -> re.Pattern[str]:
    """Return a pattern that finds what any row of the tables finds, in upper or lower case.

    The alternatives are joined and not the rows, so an empty row leaves no empty alternative, which
    would be found everywhere.
    """
    alternatives = [alternative for table in tables for row in table for alternative in row]
    return re.compile("|".join(alternatives), re.IGNORECASE)


# Where a question word opens the question or a part of it; elsewhere `when`, `where` and `who`
# join a clause to what stands before.
_OPENS = r"(?:^\W*(?:(?:and|but|so|since|until|by|from|to|for|with|of|in) )*|[,;:] )"
_WHICH = r"哪(?:[一二两三四五六七八九十几些]|\d+)?(?:个|家|位|部|本|所|项|份|种|座)?"
_ARE_WHICH = r"(?:是|有|为|包括)哪(?:些|几个?|[两三四五六七八九十]个)(?![^\W，,])"

LOCATE: Table = (
    (
        r"第几(?:段|节|章|条|款|页|项|部分)",
        r"哪(?:一|个|几|些)*(?:段落?|节|章)",
        r"哪(?:一|几|些)?(?:条|项|处|部分)(?:[里中内]|[提讲谈说写]到(?!的)|规定|介绍)",
        r"(?:哪里|哪儿|何处|什么地方)(?:有)?(?:讲|提|谈|说|写|论|建议|要求|规定)",
        r"[写讲提说记载]在(?:了)?(?:哪里|哪儿|哪(?=[？?]?$))",
        r"[那这]段在哪[里儿]?",
    ),
    (
        r"\b(?:which|what) (?:(?:sub-?)?paragraph|section|chapter|item)s?\b",
        r"\bwhich part (?=(?:deals|talks|covers|mentions|describes|discusses|is about)\b)",
        r"\b(?:which|what) part of (?:the|this) (?:report|document)",
        (
            r"\bwhere (?:in the (?:report|document)"
            r"|(?:does|do|did) (?:it|they|the (?:report|document|text|authors?))"
            r" (?:talk|speak|say|mention|discuss|describe|deal|refer|recommend)"
            r"|(?=(?:is|are) [^?]+ (?:mentioned|discussed|described|dealt with|talked about)))"
        ),
    ),
    (
        r"\bquels? (?:paragraphe|section|chapitre|partie|alinéa)s?",
        (
            r"\boù (?:(?:le|ce) (?:rapport|document)"
            r"|(?:est-il|est-ce qu['’]il est) question"
            r"|mentionne|traite|(?:en )?parle(?:-t-(?:on|il|elle))?"
            r"|(?=[^?]+ (?:est|sont)-(?:il|elle)s? (?:mentionn|évoqu|décrit|abord)))"
        ),
    ),
    (
        r"\b(?:qué|cuál(?:es)?) (?:párrafo|sección|capítulo|apartado)s?",
        (
            r"\bdónde (?:(?:del|en el) (?:informe|documento)"
            r"|(?:se )?(?:habla|menciona|trata|dice|describe|explica|alude)n?\b)"
        ),
    ),
    (
        r"\bкак(?:ой|ом|ая|ие|их) (?:пункт|абзац|раздел|глав)",
        r"\bв каком (?:месте|пункте|разделе)",
        (
            r"\bгде (?:в (?:докладе|документе)|(?:идет|идёт) речь"
            r"|говорит\w*|сказано|написано|упомина\w*|описан\w*)"
        ),
    ),
    (
        r"(?:أي|أية) (?:فقرة|قسم|فصل|جزء)",
        (
            r"أين (?:(?:في|من) (?:التقرير|الوثيقة)"
            r"|(?:يتحدث|يُ?ذكر|تُ?ذكر|ورد|جاء|يرد|ترد|يتم الحديث|تناول|يتناول))"
        ),
    ),
)

YEAR: Table = (
    (r"哪(?:一)?年|何年", r"(?:公元|西元|[于在])几年"),
    (r"\b(?:what|which) years?\b",),
    (r"\bquelles? années?\b",),
    (r"\b(?:qué|cuál) años?\b",),
    (r"\bкак(?:ом|ой|ие|им)(?: \w+)? год",),
    (r"(?:أي|أية|ما)(?: هي)? (?:ال)?(?:عام|سنة|سنوات)",),
)
DATE: Table = (
    (
        r"[什啥]么?时候|何时|几时",
        r"哪(?:一)?(?:天|日)|哪个月|几月|几号|什么日期",
        r"哪(?:一|个|一个)(?:时间|时期|时代|年代|世纪)",
        r"什么(?:年代|时期|时间)",
    ),
    (
        rf"{_OPENS}when\b",
        (
            r"\bwhen(?=\?|\s(?:did|do|does|was|were|is|are|has|have|had|will|would"
            r"|can|could|should)\b)"
        ),
        r"\b(?:what|which) (?:date|month|day|century|decade)\b",
    ),
    (
        r"\bquand\b",
        r"\b(?:quelle|en quelle) (?:date|période|époque)\b",
        r"\bquel (?:mois|jour|an|siècle)\b",
    ),
    (
        r"\bcuándo\b",
        r"\b(?:qué|cuál) (?:fecha|mes|día|siglo)\b",
    ),
    (
        r"\bкогда\b",
        r"\bв каком (?:месяце|веке)\b",
        r"\bкакого числа\b|\bкакая дата\b",
        r"\b(?:с|до|к) како(?:го|му) (?:срок|месяц|год|числ|дн)",
    ),
    (
        r"متى",
        r"(?:آخر|ما) موعد",
        r"(?:أي|أية) (?:تاريخ|شهر|يوم|قرن)",
    ),
)
DAY_OR_MONTH: Table = (
    (
        r"哪(?:一)?(?:天|日)|几号|几日|何日",
        r"哪(?:一)?个?月|几月|何月",
        r"什么日期",
    ),
    (r"\b(?:what|which) (?:exact )?(?:date|month|day)\b",),
    (r"\bquelle date\b", r"\bquel (?:mois|jour)\b"),
    (r"\bqué (?:fecha|mes|día)\b",),
    (
        r"\bв каком месяце\b|\bв какой день\b",
        r"\bкакого числа\b|\bкакая дата\b",
    ),
    (r"(?:أي|أية) (?:تاريخ|شهر|يوم)",),
)

COMPARISON: Table = (
    (
        r"比较|相比(?!邻)|区别|差别|差异|异同|有(?:什么|何)不同",
        r"谁(?:更|最)|哪(?:个|一个|国)最|哪(?![些里])\w{1,12}更",
        r"哪(?:一)?(?:个|边|方|国|家|地|座|次|期|届|年|省|市)\w{0,10}(?:[一]?些|一点)[，,？?。]",
        (
            r"哪(?:一)?(?:个|边|方|波|批|组|类|种|项|条|队)(?!\w*[最比])"
            r"\w{0,10}[多少高低快慢长短早晚][，,？?]"
        ),
        r"谁\w{0,6}得[快慢多少高低长短早晚好][，,？?]",
        r"既.*又",
        # What is told of each of several ("各有多少"), or which of them is more ("甲还是乙多").
        r"各(?:自|是|有|要|占|花|给|在)?(?:了)?(?:多[少大久长高快]|几|什么|啥|哪|怎)",
        (
            r"各[^个国地界种类级项方部位行大自州省市县\W]\w?(?:了|些)?"
            r"(?:多[少大久长高快]|几|什么|啥|哪[里儿些])"
        ),
        r"(?:多|少|高|低|大|小|快|慢|长|短|升|涨)\w{0,2}还是",
        r"差(?:了)?(?:多少|几)",
        r"比[^，。？]{1,20}[多少高低大小快慢贵长短](?:了)?(?:多少|几)",
        r"哪(?:个|边|方|次|国|届)\w{0,12}[多大小高低快慢贵久强弱轻重长短早晚][？?]?$",
    ),
    (
        (
            r"\b(?:which|who|where)\b[^?]*\b(?:more|fewer|less|worse|better|bigger|larger"
            r"|higher|lower|longer|faster|smaller|cheaper|weaker|stronger|\w+ier)\b[^?]*\bor\b"
        ),
        r"\bor\b[^?]*\b(?:who|which|where)\b[^?]*\b(?:more|fewer|less|worse|better|\w+er)\b",
        (
            r"\b(?:rise|rose|risen|grow|grew|grown|increased?|up|better) or (?:\w+ )?"
            r"(?:fall|fell|fallen|shrink|shr[au]nk|drop(?:ped)?|decreased?|down|worse)\b"
        ),
        r"\bwhich of the two\b",
        r"\bbefore and after\b",
        (
            r"\b(?:more|fewer|less|higher|lower|bigger|larger|smaller|longer|better|worse"
            r"|cheaper|faster) [^?]*\bthan\b"
        ),
        r"\bcompar(?:e|ed|ison)\b",
        r"\bdiffer(?:s|ences?)?\b|\bdifferent from\b",
        r"\bversus\b|\bvs\b",
    ),
    (
        r"\bcombien\b.*\bet combien\b",
        r"\b(?:augment|mont|progress|cr)\w+ ou (?:\w+ )?(?:diminu|baiss|recul|descend)",
        r"\bavant et après\b",
        r"\b(?:lequel|laquelle|quel(?:le)?s?|qui|où)\b[^?]* (?:plus|moins|mieux)\b[^?]*\bou\b",
        r"\b(?:lequel|laquelle) des deux\b",
        r"\b(?:plus|moins) [^?]*\bqu(?:e|['’]) ?(?:en|dans|avant|celui|celle|l['’]an)",
        r"\bcompar(?:er|ez|aison)\b|\bcompare-t-",
        r"\bdifférences?\b|\bdiffère",
    ),
    (
        r"\bcuánt[oa]s?\b.*\by cuánt[oa]s?\b",
        r"\b(?:aument|subi|sub[eí]|creci|crec[eí])\w* o (?:\w+ )?(?:disminu|baj|cay|descend|redu)",
        r"\bantes y (?:después|ahora)\b",
        r"\b(?:cuál|qué|quién|dónde)\b[^?]* (?:más|menos|mayor|menor|mejor|peor)\b[^?]*,? (?:o|u) ",
        r"\bcuál de l[oa]s dos\b",
        r"\b(?:más|menos) [^?]*\bque (?:en|el|la) (?:año|período|anterior)",
        r"\bcompar(?:ar|ación|e)\b",
        r"\bdiferencias?\b|\bdiferencian?\b",
    ),
    (
        r"\bсколько\b.*\bи сколько\b",
        (
            r"\b(?:где|как(?:ой|ая|ое|ом)|кто|кого|у кого)\b[^?]*"
            r" (?:больше|меньше|выше|ниже|дороже|дешевле|лучше|хуже|\w{3,}ее)\b[^?]*"
            r"(?:[—–:-]| или )"
        ),
        r"\b(?:вырос|возрос|увелич|раст|повыс)\w+ или (?:\w+ )?(?:сниз|упал|сократ|уменьш|пада)",
        r"\bиз двух\b|\bдо и после\b",
        r"\bсравн|\bотлича[ею]т|\bразлич(?:ие|ия|ий|ают)",
    ),
    (
        r"كم .*وكم\b",
        r"\bأيهما\b",
        r"\bأي\b[^؟]* (?:أكثر|أقل|أكبر|أعلى|أسرع|أفضل)[^؟]* أم\b",
        r"(?:زاد|ازداد|ارتفع)ت? أم (?:انخفض|تراجع|نقص|قل)",
        r"قبل وبعد",
        r"قارن|مقارنة|الفرق|يختلف|تختلف",
    ),
)

NUMBER: Table = (
    (
        r"多少|百分之几|数量|总数",
        r"(?<![哪好十第这那])几(?!乎|内亚|何|率|经|点|年来|十年来)(?=[^\W\d_])",
        r"多大|多高|多长|多久|多重|多远|多快|多深|多宽|多厚",
    ),
    (
        r"\bhow (?:many|much|long|often|large|old|far|high|tall|big|wide|deep|fast|heavy)\b",
        r"\bwhat (?:number|percentage|proportion|share|amount)\b",
        (
            r"\bwhat (?:is|was|were|are) (?:the |its |their )?(?:(?!of\b)[\w’'-]+ ){0,3}"
            r"(?:budget|cost|price|profit|revenue|income|turnover|population|rate|ratio|total"
            r"|volume|area|headcount|harvest|yield|output|quota|salary|fee|debt|deficit|speed"
            r"|distance|length|height|weight)s?\b"
        ),
    ),
    (
        r"\bcombien\b",
        (
            r"\bquel(?:le)?s? (?:(?:est|était|a été|fut|sont) (?:les? |la |l['’])?)?"
            r"(?:[\w’'-]+ )?"
            r"(?:nombre|pourcentage|proportion|quantité|montant|part|volume|prix|budget|coût"
            r"|quota|taux|population|seuil|superficie|chiffre d['’]affaires|bénéfice|recettes?"
            r"|vitesse|distance|longueur|hauteur|poids)s?\b"
        ),
    ),
    (
        r"\bcuánt[oa]s?\b",
        (
            r"\b(?:qué|cuál (?:es|era|fue)) (?:el |la )?"
            r"(?:cantidad|porcentaje|número|proporción|parte|tasa|precio|coste|costo"
            r"|presupuesto|superficie|volumen|población|cuota|importe|monto|beneficio"
            r"|velocidad|distancia|longitud|altura|peso)\b"
        ),
    ),
    (
        r"\bскольк",
        (
            r"\bкак(?:ой|ая|ое|ов[ао]?|ую|ого) (?:был[аои]? )?(?:\w+ )?"
            r"(?:количество|число|рост|дол[яю]|част[ьи]|об[ъ]?[её]м|цен[ау]|бюджет|стоимость"
            r"|площадь|население|прибыль|выручк[ау]|ставк[ау]|процент|сумм[ау]|размер|длина"
            r"|скорость|грант)\b"
        ),
    ),
    (
        r"(?:^|\s)[وف]?[بل]?كم\b",
        r"\b(?:ما|هو) (?:عدد|تعداد)",
        (
            r"(?:ما|كم|أي|بأي)(?: هي| هو| تبلغ| يبلغ)? (?:ال)?"
            r"(?:نسبة|كلفة|تكلفة|حجم|مسافة|مبلغ|ميزانية|سعر|مساحة|معدل|قيمة|طول|سرعة|نمو)"
        ),
    ),
)
MONEY: Table = (
    (
        r"多少(?:的?(?:钱|资金|经费|费用|款项|预算))",
        r"(?:资金|经费|费用|预算|金额|成本|造价)(?:总?额)?(?:是|为|有|达)?多少",
    ),
    (
        r"\bhow much (?:money|funding)\b",
        r"\bhow much (?:does|did|do|will|would) [^?]*\bcosts?\b",
    ),
    (
        r"\bcombien d['’]argent\b",
        r"\bcombien (?:\w+ )*co[uû]t",
    ),
    (
        r"\bcuánto dinero\b",
        r"\bcuánto (?:\w+ )*(?:cuesta|costó|costará)\b",
    ),
    (r"\bсколько (?:денег|средств|стоит|стоил\w*)\b",),
    (r"كم (?:من )?(?:ال)?(?:مال|أموال|تكلفة|تكلف|كلف)",),
)
MEASURE = (
    r"(?:多少|几)(?P<measure>公斤|千克|公里|平方公里|公顷|小时|分钟|美元|欧元|吨|克|米"
    r"|个|名|项|起|次|年|天|人|国|家|种|部|份|位|条|件|届|所|元|倍|套|艘|架|辆|台|支|枚"
    r"|本|篇|页|段|章|户|例|宗|笔|张|间|处)"
)
"""What a Chinese question asks to be counted in; other languages have no such word."""

COUNTRY: Table = (
    (
        rf"{_WHICH}(?:\w{{0,4}}?国家(?!机)|国(?![家籍际会民内]))",
        r"(?:什么|何)国家",
        rf"国家(?:都)?{_ARE_WHICH}",
    ),
    (
        r"\b(?:which|what)(?: (?!the\b|do|did\b)\w+){0,3} countr(?:y|ies)\b",
        r"\b(?:list|name) (?:\w+ ){0,2}countries\b",
    ),
    (r"\bquel(?:le)?s?(?: (?![lcd]es?\b)\w+){0,2} pays\b",),
    (r"\b(?:qué|cuáles)(?: (?!el\b|los\b)\w+){0,2} país(?:es)?\b",),
    (r"\bкак(?:ой|ие|их|ая|ую|им|ими)(?: (?!образом)\w+)? стран",),
    (r"(?:أي|أية|ما)(?: هي)? (?:ال)?(?:بلد|دولة|دول)",),
)
PLACE: Table = (
    (
        (
            rf"{_WHICH}\w{{0,4}}?(?:地方|地点|地区|城市|区域|省份?|州|市|港口|村|县|岛屿?"
            r"|大洲|大陆|首都)"
        ),
        rf"(?:地方|地点|地区|城市|港口|机场|岛屿){_ARE_WHICH}",
        r"去(?:了)?哪",
        r"[在到从设驻](?:了)?哪(?![些个一几年天家位种项边方次届期])",
        r"哪里|哪儿|何地|何处|什么地方",
    ),
    (
        rf"{_OPENS}where\b",
        (
            r"\bwhere(?=\?|\s(?:did|do|does|was|were|is|are|has|have|had|will|would"
            r"|can|could|should)\b)"
        ),
        r"\b(?:which|what)(?: \w+){0,2} (?:cit(?:y|ies)|places?|regions?|states?|islands?)\b",
    ),
    (
        r"\b(?:d['’])?où\b",
        r"\bquel(?:le)?s?(?: \w+)? (?:villes?|lieux?|régions?|îles?|continents?)\b",
    ),
    (
        r"\ba?dónde\b",
        r"\b(?:qué|cuáles)(?: \w+)? (?:ciudad(?:es)?|lugar(?:es)?|región|regiones|islas?)\b",
    ),
    (
        r"\bгде\b|\bкуда\b|\bоткуда\b",
        r"\bкак(?:ой|ие|их|ая|ую|ом) (?:город|регион|мест|остров)",
    ),
    (
        r"أين",
        r"(?:أي|ما)(?: هي)? (?:ال)?(?:مدينة|مدن|منطقة|مناطق|جزيرة)",
    ),
)

# What is asked of a thing (its name, its aim) is no definition of the thing.
DEFINITION: Table = (
    (
        r"(?:^|[，,：:。]|请问|解释|说明|告诉我|究竟|到底)什么是",
        r"何谓|指(?:的)?(?:是)?什么|什么意思",
        (
            r"(?:是|算)(?:个|一个|一种|一套)?(?:什么|怎样|怎么样)(?:样)?(?:的)?"
            r"(?:东西|文书|机构|组织|项目|制度|方案|概念|性质)"
        ),
        r"的定义|定义(?:为|是)",
        (
            r"(?<!的..)(?<!的...)(?<!的....)"
            r"(?<!名称|名字|全称|简称|题目|标题|目的|原因)是什么[？?。]?$"
        ),
    ),
    (
        r"\bwhat (?:is|are) (?:meant by |an? )[^?]+\?*$",
        (
            r"\bwhat (?:is|are) (?:the )?"
            r"(?!\w*(?:est|most|first|last|name|title|capital|purpose|main) )"
            r"(?:(?!(?:of|in|for|that|between)\b)[\w'’-]+ ?){1,5}\?*$"
        ),
        r"^\W*define\b|\bdefinition of\b",
        r"\bmeaning of\b|\bwhat does [^?]+ mean\b|\bmeant by\b",
    ),
    (
        (
            r"\bqu['’]est[- ]ce (?:que c['’]est|qu['’]une?\b"
            r"|qu(?:e |['’])(?:(?:le|la|les|l['’]|un|une) ?)?[^? ]+"
            r"(?: (?:de |du |d['’])?[^? ]+)?\s?\?*$)"
        ),
        r"\bqu['’]entend-on\b",
        r"\bdéfin(?:ir|issez|it-on|ition d)",
        r"\bc['’]est quoi\b",
    ),
    (
        r"(?<!de )(?<!por )\bqué (?:es|son|significa)\b(?! lo que)",
        r"^\W*defin[ae]\b|\bse define\b",
        r"\bdefinición de(?!l?\s*$)",
    ),
    (
        r"\bчто такое\b",
        r"\bчто (?:означает|представляет)",
        r"\bопределение\b",
    ),
    (
        (
            r"\bما ?(?:هو|هي) "
            r"(?!(?:ال)?(?:سبب|أسباب|اسم|عدد|نوع|أنواع|أهم|أكبر|أول|ثاني|عاصمة|تاريخ|بلد|دول"
            r"|مدن|هدف|أهداف)\w*)"
            r"(?:(?!الذي\b|التي\b)\w+ ?){1,4}[؟?]?$"
        ),
        r"تعريف|ما معنى|المقصود ب",
        r"ماذا (?:يعني|تعني|نعني)",
    ),
)

# What the report says about something is searched by that something alone.
TOLD: Table = (
    (
        r"(?:(?<=^)|(?<=[，,。]))(?:关于|对于)(?=[^？?]{1,40}?(?:报告|文件|文中))",
        (
            r"[，,]?(?<!的)(?:这份|该)?(?:报告|文件|文中)(?:里|中|上)?(?:都|是)?"
            r"(?:(?:说|讲|写|谈|提)(?:到)?(?:了)?(?:些)?(?:什么|啥)"
            r"|(?:怎么|如何)(?:说|讲|写|评价|介绍)的?)(?=[？?。]?$)"
        ),
        (
            r"(?:这份|该)?(?:报告|文件|文中)(?:里|中|上)?(?:对|就)"
            r"(?=[^？?]{1,40}?(?:怎么|如何)(?:说|讲|写|评价|介绍)的?[？?。]?$)"
        ),
    ),
    (
        (
            r"\bwhat (?:does|do|did|is|was) (?:(?:the|this) (?:report|document|text)"
            r"|the authors?|it) (?:say|saying|tell us) (?:about|on|regarding|concerning)\b"
        ),
        r"\bwhat (?:is|was) said (?:about|on)\b(?: in (?:the|this) (?:report|document))?",
    ),
    (
        (
            r"\bque (?:dit|disent|dit-on dans) (?:le|ce|les|la)"
            r" (?:rapport|document|texte|auteur)s?"
            r" (?:sur|du|des|de|à propos de|concernant)\b"
        ),
        r"\bque dit-on (?:sur|du|des|de)\b",
    ),
    (
        (
            r"\bqué (?:dice|dicen) (?:el|este|los) (?:informe|documento|texto|autores)"
            r" (?:sobre|del|de|acerca de)\b"
        ),
        r"\bqué se dice (?:sobre|del|de|acerca de)\b",
    ),
    (
        (
            r"\bчто (?:в (?:этом )?(?:докладе|документе|отч[её]те) )?"
            r"(?:говорится|сказано|сообщается)"
            r" (?:в (?:этом )?(?:докладе|документе|отч[её]те) )?(?:об?|про)\b"
        ),
        r"\bчто (?:доклад|документ|отч[её]т) говорит (?:об?|про)\b",
    ),
    (
        r"ماذا (?:يقول|تقول|ذكر|يذكر) (?:هذا |هذه )?(?:التقرير|الوثيقة) (?:عن|حول|بشأن)",
        r"ماذا (?:ورد|جاء) في (?:التقرير|الوثيقة) (?:عن|حول|بشأن)",
    ),
)
# So is what it may not mention at all ("does the report mention football?").
MENTIONED: Table = (
    (
        (
            r"^(?:请问|那么?)?(?:这份|该|本)?(?:报告|文件|文中)(?:里|中|上|内)?(?:面)?"
            r"(?:(?:有没有|是否|有无)(?:[说讲写谈提]|涉)(?:到|及|过|起)*(?=[^？?]{1,40}[？?]?$)"
            r"|(?:也|还|都)?(?:[说讲写谈提]|涉)(?:到|及|过|起)*了?(?=[^？?什哪谁何多怎]{1,40}(?:吗|没有?)[？?。]?$))"
        ),
    ),
    (
        (
            r"^\W*(?:does|do|did) (?:(?:the|this) (?:report|document|text)|it)"
            r" (?:also |ever |even )?"
            r"(?:mention|discuss|cover|address|deal with|touch (?:on|upon)|refer to|talk about"
            r"|speak (?:of|about)"
            r"|(?:say|contain) (?:anything|something|information) (?:about|on))\b"
        ),
        r"^\W*is (?:anything|something) said (?:about|on)\b",
        r"^\W*(?:is|are) (?=[^?]+ (?:mentioned|discussed)\b)",
    ),
    (
        (
            r"^\W*(?:(?:le|ce) (?:rapport|document|texte)"
            r" (?:parle|mentionne|traite|évoque|aborde|dit)(?:-t)?-il"
            r"|est-ce que (?:le|ce) (?:rapport|document|texte)"
            r" (?:parle|mentionne|traite|évoque|aborde|dit))(?: quelque chose)?"
            r"(?: (?:de l['’]|d['’]|(?:de la|de|du|des|sur|le|la|les)\b))?"
        ),
        r"^\W*(?:est-il question|parle-t-on) (?:de l['’]|d['’]|(?:de la|de|du|des)\b)",
    ),
    (
        (
            r"^\W*(?:(?:menciona|habla|trata|aborda|dice) (?:algo )?"
            r"(?:el|este) (?:informe|documento|texto)"
            r"|(?:el|este) (?:informe|documento|texto) (?:menciona|habla|trata|aborda|dice))"
            r"(?: algo)?(?: (?:de la|de los|de las|de|del|sobre|acerca de)\b)?"
        ),
        r"^\W*se (?:menciona|habla) (?:de )?",
    ),
    (
        (
            r"^\W*(?:упоминается|упоминаются|говорится|сообщается|сказано|ид[её]т) ли (?:речь )?"
            r"в (?:этом )?(?:докладе|документе|отч[её]те)(?: речь)?"
            r"(?: что-(?:то|нибудь|либо))?(?: (?:об?|про)\b)?"
        ),
        (
            r"^\W*(?:упоминает|затрагивает) ли (?:этот )?(?:доклад|документ|отч[её]т)\b"
            r"|^\W*есть ли в (?:докладе|документе|отч[её]те)"
            r" (?:что-(?:то|нибудь|либо) )?(?:об?|про)\b"
        ),
    ),
    (
        (
            r"^\W*هل (?:يذكر|يتحدث|يتناول|ذكر|تحدث|تناول|يشير|أشار|يتطرق|تذكر|تتحدث|تتناول|تشير)"
            r" (?:هذا |هذه )?(?:التقرير|الوثيقة)(?: شيئا| شيئًا)?(?: (?:عن|إلى)(?!\w))?"
        ),
    ),
)
MENTIONED_BEHIND: Table = (
    (r"了?(?:吗|没有?)?[？?。]?$",),
    (
        (
            r"(?: (?:mentioned|discussed))?(?: anywhere)?"
            r"(?: (?:in|by) (?:the|this) (?:report|document|text))?\W*$"
        ),
    ),
    (r"(?: dans (?:le|ce) (?:rapport|document|texte))\W*$",),
    (r"(?: en (?:el|este) (?:informe|documento|texto))\W*$",),
    (),
    (),
)
"""What closes a question that something of `MENTIONED` opens."""
SUMMARY: Table = (
    (
        r"总结|概述|概括|综述|归纳",
        r"(?<!用来)(?<!用于)(?:做|开展|采取|进行|取得)(?:了)?(?:哪些|什么|啥)",
        r"哪些(?:工作|方面|措施|进展|成就|活动|内容|成果)",
        r"情况如何|主要内容",
    ),
    (
        r"\bsummar(?:y|i[sz]e)\b|\boverview\b|\boutline\b",
        r"\bwhat (?:has|have|was|were|did|does|do)\b.*\b(?:done|do|undertaken|achieved)\b",
    ),
    (
        r"\brésum",
        r"\bqu['’](?:a|ont)\b.*\b(?:fait|entrepris|accompli|réalisé)\b",
        r"\bquelles (?:mesures|activités|actions)",
    ),
    (
        r"\bresum",
        r"\bqué (?:se )?han? (?:hecho|emprendido|realizado|logrado)\b",
        r"\bqué (?:medidas|actividades)\b",
    ),
    (
        r"\bобобщ|\bкратко\b",
        r"\bчто (?:было )?сделан",
        r"\bкакие (?:меры|мероприятия)",
    ),
    (
        r"لخص|ملخص",
        r"ماذا فعل|ما الذي (?:فعل|قام)",
        r"ما (?:هي )?(?:التدابير|الأنشطة|الإجراءات)",
    ),
)

WHY: Table = (
    (
        r"(?<![称名述成作改视译写定誉认])为什么|为何(?![？?]?$)|为啥",
        r"原因|因何|凭[什啥]么?|根据什么|目的是什么",
        (
            r"[怎咋]么?(?:\w{0,12}(?:这么|那么|越来越|反而|反倒|回事|引起|造成)"
            r"|\w{0,6}(?:没(?!有[？?])|又|会|变|还|比)"
            r"|\w{1,10}[少多慢快晚炸停掉降涨](?:了|下来))"
        ),
        r"干[嘛吗]",
        r"是因为\w+还是",
    ),
    (
        r"\bwhy\b|\bhow come\b",
        r"\breasons?\b|\bcause of\b",
        r"\bwhat (?:causes?|caused|made|makes|led|explains|prompted|triggered|is holding)\b",
    ),
    (
        r"\bpourquoi\b",
        r"\bquel(?:le)?s?\b.*\b(?:raison|cause)s?\b",
        r"\bqu['’]est-ce qui (?:a )?(?:fait|provoqu|caus|expliqu|emp[êe]ch)",
    ),
    (
        r"\bpor qué\b|\ba qué se deb",
        r"\brazón|\bmotivo",
        r"\bqué (?:causó|provocó|llevó|explica|hizo que)\b",
    ),
    (
        r"\bпочему\b|\bзачем\b|\bотчего\b|\bиз-за чего\b",
        r"\bпричин",
        r"\bчем (?:объясн|вызван)",
    ),
    (
        r"لماذا|(?:^|\s)ليش\b|\bلمَ\b",
        r"\bما الذي (?:أدى|أودى|دفع|جعل|سبب|منع)",
        r"(?<!ب)سبب|أسباب",
    ),
)

YES_NO: Table = (
    (
        r"吗[？?。!！]*$",
        r"^(?!.*哪).*是否",
        r"是不是|有没有|有无|能否|会不会|可否|能不能|对不对",
        r"了没(?:有)?[？?]*$|没有[？?]$",
        r"(?P<verb>[\u4e00-\u9fff])不(?P=verb)",
    ),
    (
        (
            r"^\W*(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will"
            r"|would|should|may|must)\b"
        ),
    ),
    # French inversion and the Spanish opening mark say that it is a question, a question word with
    # them that it is another one.
    (
        r"^\s*est-ce\b",
        (
            r"^(?!.*\b(?:quel(?:le)?s?|lequel|laquelle|lesquel(?:le)?s|comment|quoi)\b)"
            r"(?!\W*(?:\w+ )?qu(?:i|e|['’]))"
            r".*\w-(?:t-)?(?:il|elle|ils|elles|on|vous|nous|tu|je|ce)\b"
        ),
    ),
    (
        (
            r"(?:^|, )\s*¿(?!.*\b(?:qué|quién|quiénes|cuál|cuáles|cómo)\b)"
            r"(?!\s*(?:\w+ )?(?:que|quien|cual|como)\b)"
        ),
    ),
    (r"\bли\b",),
    (r"^\s*(?:هل|أ(?:ليس|لم|لا|هو|هي|هناك|يوجد|توجد|كان))\b",),
)

NAME: Table = (
    (
        r"谁|何人|什么人",
        r"哪(?:一)?(?:家|位)|哪(?:一?个|些|几个)人",
        (
            rf"{_WHICH}\w{{0,4}}?"
            r"(?:机构|组织|公司|部门|单位|委员会|理事会|办公室|网络|公约|条约|议定书|决议"
            r"|法律|法院|文书|文件|手册|出版物|书籍?|系统|方案|项目|实体|博物馆|大学|学校"
            r"|学院|政党|银行|协会)"
        ),
        rf"(?:机构|组织|公司|部门|单位|委员会|公约|决议){_ARE_WHICH}",
        r"叫(?:做)?什么|什么名字|名称|名字|题为什么",
        r"(?:称|名|称作|誉)为(?:什么|何)",
        r"什么(?:机构|组织|手册|系统|公司|大学)",
    ),
    (
        rf"{_OPENS}who(?:m|se)?\b",
        r"\bwhom?(?=\?|\s(?:did|does|was|were|is|are|has|have|had|will)\b)",
        (
            r"\b(?:which|what) (?:\w+ )?"
            r"(?:organi[sz]ation|body|bodies|agency|agencies|institution|office|person|document"
            r"|resolution|company|court|party|title|name)s?\b"
        ),
        r"\b(?:is|are|was|were) [^?]*(?:called|named)\b",
        r"\bwhat(?: is| are| was| were)? [^?]*(?:called|name|title)\b",
    ),
    (
        r"^\W*(?:(?:à|a|de|par|pour|avec|chez|contre|selon|et) )?qui\b",
        r"\b(?:par|avec|pour|à|de) qui\s*(?:\?|$|est\b|sont\b|a\b)",
        r"\bqui est-ce\b",
        (
            r"\bquel(?:le)?s? (?:est (?:le |la )?)?"
            r"(?:organ|organisation|organisme|institution|résolution|document|titre|nom)"
        ),
        r"\bse? ?['’ ]?(?:appell|nomm|dénomm)",
    ),
    (
        r"\bquién(?:es)?\b",
        (
            r"\bqué (?:órgano|organización|institución|resolución|documento|empresa|entidad"
            r"|organismo|tribunal)"
        ),
        r"\bse llama",
        r"\b(?:el|los|su|sus|qué) nombres?\b",
    ),
    (
        r"\bкто\b|\bкого\b|\bкем\b",
        r"\bкак(?:ой|ая|ое|ие|им|ого) (?:орган|организац|учрежден|резолюц|документ|компани)",
        r"\bназыва|\bназван|\bкак зовут\b",
    ),
    (
        r"^\W*[وف]?(?:ب|على |إلى |ل)?مَ?ن\b",
        r"مَ?ن (?:هو|هي|هم|الذي)",
        r"(?:أي|أية|ما)(?: هي| هو)? (?:ال)?(?:هيئة|منظمة|مؤسسة|وثيقة|قرار|جهة|شركة|محكمة)",
        r"\b(?:ال)?اسم(?:ه|ها)?\b",
        r"[يت]سمى",
    ),
)
PERSON: Table = (
    (r"谁|何人|什么人", r"哪(?:个|位|些)人"),
    (r"\bwho(?:m|se)?\b",),
    (r"\bqui\b",),
    (r"\bquién(?:es)?\b",),
    (r"\bкто\b|\bкого\b|\bкем\b",),
    (r"(?:^|\s)مَ?ن\s",),
)

HOW: Table = (
    (
        r"怎么|怎样|如何",
        r"什么方式|通过什么|什么办法|什么途径",
    ),
    (r"\bhow\b|\bin what way",),
    (r"\bcomment\b|\bde quelle manière",),
    (r"\bcómo\b|\bde qué manera",),
    (r"\bкак\b|\bкаким образом",),
    (r"كيف",),
)

_NO_PLURAL = r"(?!(?:is|was|has|does|its|his|this|us|causes|happens|makes|process|basis|status)\b)"
# Grammatical number where the language shows it in the question word or the noun behind it.
LIST: Table = (
    (
        r"哪些|有那些|哪几|哪\d+|哪(?:两|三|四|五|六|七|八|九|十)",
        r"(?<!没)有(?:什么|哪(?!一|个|位|家|种|本|部|所|项|国|年|天|里|儿))",
        r"列出|列举|分别|包括什么|几件事",
        r"(?:提|作|做)(?:了|出)?(?:什么|哪些|啥)(?:建议|要求)",
        r"建议(?:了)?(?:什么|哪些)",
    ),
    (
        rf"\b(?:which|what) {_NO_PLURAL}(?:\w+[^\Ws]s|countries|people)\b",
        (
            rf"\b(?:which|what) (?!(?:kind|type|sort)\b){_NO_PLURAL}\w+ (?:\w+ )?"
            rf"(?:countries|people"
            rf"|{_NO_PLURAL}\w+[^\Ws]s(?= (?:are|were|have|did|do|will|can)\b))"
        ),
        r"\bwhat (?:are|were) (?:the|some)\b",
        r"\bwhat (?:does|do|did) [^?]+ (?:recommend|propose|call for|ask for)\b",
        r"\bwhich (?:two|three|four|five|six|\d) ",
        r"\blist\b|^\W*name (?:all\b|the (?:\w+ )?\w+s\b)",
    ),
    (
        r"\bquel(?:le)?s\b|\bles?quel(?:le)?s\b",
        r"\bque (?:recommande|réclame|demande|propose|préconise)nt?\b",
        r"\bqu['’]attend-on\b",
        r"\bénumér",
    ),
    (
        r"\bcuáles\b",
        r"\bqué (?:se )?(?:les? )?(?:piden?|recomiendan?|proponen?)\b",
        r"(?<!por )\bqué (?!los|las|tras|mas)(?:otr[oa]s |dos |tres |cuatro )?\w{2,}[aeo]s\b",
        r"\benumer",
    ),
    (
        r"\bкаки(?:е|х|ми)\b",
        r"\bчто (?:рекоменду|предлага|совету)\w+\b",
        r"\bперечисл|\bназовите\b",
    ),
    # A plural of things takes هي as a feminine singular does; that one mostly ends in ة or ى.
    (
        r"\bما ?هي (?!(?:أول|أولى|ثاني|أكبر|أصغر|أعلى|إحدى|عاصمة)\s)\w*[^\Wةى](?=\s)",
        r"أي (?:البلدان|الدول|المجالات)",
        r"اذكر|عدد(?=\s+\w+ (?:التي|الذين))",
        r"\bما \w+ا?ت\b|\bما جوانب",
    ),
)

# How many are asked for, in Chinese, English, French, Spanish, Russian and Arabic. The Arabic dual
# is left out: often it is written like the plural.
COUNTS = {
    2: "两 二 2 two deux dos два две двух двум двумя",
    3: "三 3 three trois tres три трёх трех трём трем тремя ثلاث ثلاثة",
    4: "四 4 four quatre cuatro четыре четырёх четырех четырём четырем أربع أربعة",
    5: "五 5 five cinq cinco пять пяти пятью خمس خمسة",
    6: "六 6 six seis шесть шести ست ستة",
    7: "七 7 seven sept siete семь семи سبع سبعة",
    8: "八 8 eight huit ocho восемь восьми ثماني ثمانية",
    9: "九 9 nine neuf nueve девять девяти تسع تسعة",
    10: "十 10 ten dix diez десять десяти عشر عشرة",
}
_COUNT = "(" + "|".join(word for words in COUNTS.values() for word in words.split()) + ")"
COUNT: Table = (
    (rf"哪{_COUNT}(?![\d年天月届次一二三四五六七八九十百])",),
    (rf"\b(?:which|what)(?: (?:are|were) the)? {_COUNT}\b",),
    (rf"\bquel(?:le)?s(?: (?:sont|étaient) les)? {_COUNT}\b",),
    (rf"\b(?:qué|cuáles)(?: (?:son|eran) l[ao]s)? {_COUNT}\b",),
    (rf"\bкаки(?:е|х|м|ми) {_COUNT}\b",),
    (rf"(?:أي|ما)(?: هي)? (?:ال)?{_COUNT}\b",),
)
