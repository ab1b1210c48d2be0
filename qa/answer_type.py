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

    @property
    def is_overview(self) -> bool:
        """Whether the answer is gathered from several paragraphs."""
        return self in {AnswerType.SUMMARY, AnswerType.COMPARISON}

    @property
    def is_explained(self) -> bool:
        """Whether the answer takes several sentences."""
        return self.is_overview or self in {
            AnswerType.DEFINITION,
            AnswerType.HOW,
            AnswerType.WHY,
        }

    @property
    def has_short_form(self) -> bool:
        """Whether a few words can be the answer."""
        return self not in {AnswerType.SUMMARY, AnswerType.LOCATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What would answer a question: its type, and whether several of it are asked for."""

    type: AnswerType
    is_list: bool

    @property
    def is_broad(self) -> bool:
        """Whether no single span of a text can be the answer."""
        return (
            self.is_list
            or self.type.is_overview
            or self.type in {AnswerType.LOCATE, AnswerType.YES_NO}
        )


# Where a question word opens the question or a part of it; elsewhere `when`, `where` and `who`
# join a clause to what stands before.
_OPENS = r"(?:^\W*(?:(?:and|but|so|since|until|by|from|to|for|with|of|in) )*|[,;:] )"
_WHICH = r"哪(?:[一二两三四五六七八九十几些]|\d+)?(?:个|家|位|部|本|所|项|份|种|座)?"
_ARE_WHICH = r"(?:是|有|为|包括)哪(?:些|几个?|[两三四五六七八九十]个)(?![^\W，,])"
_COUNTRY_ASKED = (
    rf"{_WHICH}(?:\w{{0,4}}?国家(?!机)|国(?![家籍际会民内]))|(?:什么|何)国家|国家(?:都)?{_ARE_WHICH}"
    r"|\b(?:which|what)(?: (?!the\b|do|did\b)\w+){0,3} countr(?:y|ies)\b|\b(?:list|name) (?:\w+ ){0,2}countries\b"
    r"|\bquel(?:le)?s?(?: (?![lcd]es?\b)\w+){0,2} pays\b|\b(?:qué|cuáles)(?: (?!el\b|los\b)\w+){0,2} país(?:es)?\b"
    r"|\bкак(?:ой|ие|их|ая|ую|им|ими)(?: (?!образом)\w+)? стран|(?:أي|أية|ما)(?: هي)? (?:ال)?(?:بلد|دولة|دول)"
)
_YEAR_ASKED = (
    r"哪(?:一)?年|何年|(?:公元|西元|[于在])几年|\b(?:what|which) years?\b|\bquelles? années?\b"
    r"|\b(?:qué|cuál) años?\b|\bкак(?:ом|ой|ие|им)(?: \w+)? год|(?:أي|أية|ما)(?: هي)? (?:ال)?(?:عام|سنة|سنوات)"
)

# What the report says about something is searched by that something alone.
_TOLD_ASKED = (
    r"(?:(?<=^)|(?<=[，,。]))(?:关于|对于)(?=[^？?]{1,40}?(?:报告|文件|文中))"
    r"|[，,]?(?<!的)(?:这份|该)?(?:报告|文件|文中)(?:里|中|上)?(?:都|是)?(?:(?:说|讲|写|谈|提)(?:到)?(?:了)?(?:些)?(?:什么|啥)|(?:怎么|如何)(?:说|讲|写|评价|介绍)的?)(?=[？?。]?$)"
    r"|(?:这份|该)?(?:报告|文件|文中)(?:里|中|上)?(?:对|就)(?=[^？?]{1,40}?(?:怎么|如何)(?:说|讲|写|评价|介绍)的?[？?。]?$)"
    r"|\bwhat (?:does|do|did|is|was) (?:(?:the|this) (?:report|document|text)|the authors?|it) (?:say|saying|tell us) (?:about|on|regarding|concerning)\b|\bwhat (?:is|was) said (?:about|on)\b(?: in (?:the|this) (?:report|document))?"
    r"|\bque (?:dit|disent|dit-on dans) (?:le|ce|les|la) (?:rapport|document|texte|auteur)s? (?:sur|du|des|de|à propos de|concernant)\b|\bque dit-on (?:sur|du|des|de)\b"
    r"|\bqué (?:dice|dicen) (?:el|este|los) (?:informe|documento|texto|autores) (?:sobre|del|de|acerca de)\b|\bqué se dice (?:sobre|del|de|acerca de)\b"
    r"|\bчто (?:в (?:этом )?(?:докладе|документе|отч[её]те) )?(?:говорится|сказано|сообщается) (?:в (?:этом )?(?:докладе|документе|отч[её]те) )?(?:об?|про)\b|\bчто (?:доклад|документ|отч[её]т) говорит (?:об?|про)\b"
    r"|ماذا (?:يقول|تقول|ذكر|يذكر) (?:هذا |هذه )?(?:التقرير|الوثيقة) (?:عن|حول|بشأن)|ماذا (?:ورد|جاء) في (?:التقرير|الوثيقة) (?:عن|حول|بشأن)"
)

# The first pattern that is found wins, so what is specific stands first. Each line holds the six
# languages of the United Nations: Chinese (Simplified), English, French, Spanish, Russian, Arabic.
_PATTERNS: tuple[tuple[AnswerType, str], ...] = (
    (
        AnswerType.LOCATE,
        r"第几(?:段|节|章|条|款|页|项|部分)|哪(?:一|个|几|些)*(?:段落?|节|章)|哪(?:一|几|些)?(?:条|项|处|部分)(?:[里中内]|[提讲谈说写]到(?!的)|规定|介绍)"
        r"|(?:哪里|哪儿|何处|什么地方)(?:有)?(?:讲|提|谈|说|写|论|建议|要求|规定)|[写讲提说记载]在(?:了)?(?:哪里|哪儿|哪(?=[？?]?$))|[那这]段在哪[里儿]?"
        r"|\b(?:which|what) (?:(?:sub-?)?paragraph|section|chapter|item)s?\b|\bwhich part (?=(?:deals|talks|covers|mentions|describes|discusses|is about)\b)|\b(?:which|what) part of (?:the|this) (?:report|document)|\bwhere (?:in the (?:report|document)|(?:does|do|did) (?:it|they|the (?:report|document|text|authors?)) (?:talk|speak|say|mention|discuss|describe|deal|refer|recommend)|(?=(?:is|are) [^?]+ (?:mentioned|discussed|described|dealt with|talked about)))"
        r"|\bquels? (?:paragraphe|section|chapitre|partie|alinéa)s?|\boù (?:(?:le|ce) (?:rapport|document)|(?:est-il|est-ce qu['’]il est) question|mentionne|traite|(?:en )?parle(?:-t-(?:on|il|elle))?|(?=[^?]+ (?:est|sont)-(?:il|elle)s? (?:mentionn|évoqu|décrit|abord)))"
        r"|\b(?:qué|cuál(?:es)?) (?:párrafo|sección|capítulo|apartado)s?|\bdónde (?:(?:del|en el) (?:informe|documento)|(?:se )?(?:habla|menciona|trata|dice|describe|explica|alude)n?\b)"
        r"|\bкак(?:ой|ом|ая|ие|их) (?:пункт|абзац|раздел|глав)|\bв каком (?:месте|пункте|разделе)|\bгде (?:в (?:докладе|документе)|(?:идет|идёт) речь|говорит\w*|сказано|написано|упомина\w*|описан\w*)"
        r"|(?:أي|أية) (?:فقرة|قسم|فصل|جزء)|أين (?:(?:في|من) (?:التقرير|الوثيقة)|(?:يتحدث|يُ?ذكر|تُ?ذكر|ورد|جاء|يرد|ترد|يتم الحديث|تناول|يتناول))",
    ),
    (
        AnswerType.DATE,
        rf"{_YEAR_ASKED}|[什啥]么?时候|何时|几时|哪(?:一)?(?:天|日)|哪个月|几月|几号|什么日期|哪(?:一|个|一个)(?:时间|时期|时代|年代|世纪)|什么(?:年代|时期|时间)"
        rf"|{_OPENS}when\b|\bwhen(?=\?|\s(?:did|do|does|was|were|is|are|has|have|had|will|would|can|could|should)\b)|\b(?:what|which) (?:date|month|day|century|decade)\b"
        r"|\bquand\b|\b(?:quelle|en quelle) (?:date|période|époque)\b|\bquel (?:mois|jour|an|siècle)\b"
        r"|\bcuándo\b|\b(?:qué|cuál) (?:fecha|mes|día|siglo)\b"
        r"|\bкогда\b|\bв каком (?:месяце|веке)\b|\bкакого числа\b|\bкакая дата\b|\b(?:с|до|к) како(?:го|му) (?:срок|месяц|год|числ|дн)"
        r"|متى|(?:آخر|ما) موعد|(?:أي|أية) (?:تاريخ|شهر|يوم|قرن)",
    ),
    (
        AnswerType.COMPARISON,
        r"比较|相比(?!邻)|区别|差别|差异|异同|有(?:什么|何)不同|谁(?:更|最)|哪(?:个|一个|国)最|哪(?![些里])\w{1,12}更|哪(?:一)?(?:个|边|方|国|家|地|座|次|期|届|年|省|市)\w{0,10}(?:[一]?些|一点)[，,？?。]|哪(?:一)?(?:个|边|方|波|批|组|类|种|项|条|队)(?!\w*[最比])\w{0,10}[多少高低快慢长短早晚][，,？?]|谁\w{0,6}得[快慢多少高低长短早晚好][，,？?]|既.*又"
        # What is told of each of several ("各有多少"), or which of them is more ("甲还是乙多").
        r"|各(?:自|是|有|要|占|花|给|在)?(?:了)?(?:多[少大久长高快]|几|什么|啥|哪|怎)|各[^个国地界种类级项方部位行大自州省市县\W]\w?(?:了|些)?(?:多[少大久长高快]|几|什么|啥|哪[里儿些])|(?:多|少|高|低|大|小|快|慢|长|短|升|涨)\w{0,2}还是|差(?:了)?(?:多少|几)"
        r"|比[^，。？]{1,20}[多少高低大小快慢贵长短](?:了)?(?:多少|几)|哪(?:个|边|方|次|国|届)\w{0,12}[多大小高低快慢贵久强弱轻重长短早晚][？?]?$"
        r"|\b(?:which|who|where)\b[^?]*\b(?:more|fewer|less|worse|better|bigger|larger|higher|lower|longer|faster|smaller|cheaper|weaker|stronger|\w+ier)\b[^?]*\bor\b|\bor\b[^?]*\b(?:who|which|where)\b[^?]*\b(?:more|fewer|less|worse|better|\w+er)\b|\b(?:rise|rose|risen|grow|grew|grown|increased?|up|better) or (?:\w+ )?(?:fall|fell|fallen|shrink|shr[au]nk|drop(?:ped)?|decreased?|down|worse)\b|\bwhich of the two\b|\bbefore and after\b|\b(?:more|fewer|less|higher|lower|bigger|larger|smaller|longer|better|worse|cheaper|faster) [^?]*\bthan\b"
        r"|\b(?:combien|cuánt[oa]s?|сколько|كم)\b.*\b(?:et|y|и) (?:combien|cuánt[oa]s?|сколько)\b|كم .*وكم\b|\b(?:augment|mont|progress|cr)\w+ ou (?:\w+ )?(?:diminu|baiss|recul|descend)|\bavant et après\b|\b(?:aument|subi|sub[eí]|creci|crec[eí])\w* o (?:\w+ )?(?:disminu|baj|cay|descend|redu)|\bantes y (?:después|ahora)\b"
        r"|\b(?:lequel|laquelle|quel(?:le)?s?|qui|où)\b[^?]* (?:plus|moins|mieux)\b[^?]*\bou\b|\b(?:lequel|laquelle) des deux\b|\b(?:plus|moins) [^?]*\bqu(?:e|['’]) ?(?:en|dans|avant|celui|celle|l['’]an)"
        r"|\b(?:cuál|qué|quién|dónde)\b[^?]* (?:más|menos|mayor|menor|mejor|peor)\b[^?]*,? (?:o|u) |\bcuál de l[oa]s dos\b|\b(?:más|menos) [^?]*\bque (?:en|el|la) (?:año|período|anterior)"
        r"|\b(?:где|как(?:ой|ая|ое|ом)|кто|кого|у кого)\b[^?]* (?:больше|меньше|выше|ниже|дороже|дешевле|лучше|хуже|\w{3,}ее)\b[^?]*(?:[—–:-]| или )|\b(?:вырос|возрос|увелич|раст|повыс)\w+ или (?:\w+ )?(?:сниз|упал|сократ|уменьш|пада)|\bиз двух\b|\bдо и после\b"
        r"|\bأيهما\b|\bأي\b[^؟]* (?:أكثر|أقل|أكبر|أعلى|أسرع|أفضل)[^؟]* أم\b|(?:زاد|ازداد|ارتفع)ت? أم (?:انخفض|تراجع|نقص|قل)|قبل وبعد"
        r"|\bcompar(?:e|ed|ison)\b|\bdiffer(?:s|ences?)?\b|\bdifferent from\b|\bversus\b|\bvs\b"
        r"|\bcompar(?:er|ez|aison)\b|\bdifférences?\b|\bdiffère|\bcompare-t-"
        r"|\bcompar(?:ar|ación|e)\b|\bdiferencias?\b|\bdiferencian?\b"
        r"|\bсравн|\bотлича[ею]т|\bразлич(?:ие|ия|ий|ают)"
        r"|قارن|مقارنة|الفرق|يختلف|تختلف",
    ),
    (
        AnswerType.NUMBER,
        r"多少|(?<![哪好十第这那])几(?!乎|内亚|何|率|经|点|年来|十年来)(?=[^\W\d_])|百分之几|数量|总数|多大|多高|多长|多久|多重|多远|多快|多深|多宽|多厚"
        r"|\bhow (?:many|much|long|often|large|old|far|high|tall|big|wide|deep|fast|heavy)\b|\bwhat (?:number|percentage|proportion|share|amount)\b|\bwhat (?:is|was|were|are) (?:the |its |their )?(?:(?!of\b)[\w’'-]+ ){0,3}(?:budget|cost|price|profit|revenue|income|turnover|population|rate|ratio|total|volume|area|headcount|harvest|yield|output|quota|salary|fee|debt|deficit|speed|distance|length|height|weight)s?\b"
        r"|\bcombien\b|\bquel(?:le)?s? (?:(?:est|était|a été|fut|sont) (?:les? |la |l['’])?)?(?:[\w’'-]+ )?(?:nombre|pourcentage|proportion|quantité|montant|part|volume|prix|budget|coût|quota|taux|population|seuil|superficie|chiffre d['’]affaires|bénéfice|recettes?|vitesse|distance|longueur|hauteur|poids)s?\b"
        r"|\bcuánt[oa]s?\b|\b(?:qué|cuál (?:es|era|fue)) (?:el |la )?(?:cantidad|porcentaje|número|proporción|parte|tasa|precio|coste|costo|presupuesto|superficie|volumen|población|cuota|importe|monto|beneficio|velocidad|distancia|longitud|altura|peso)\b"
        r"|\bскольк|\bкак(?:ой|ая|ое|ов[ао]?|ую|ого) (?:был[аои]? )?(?:\w+ )?(?:количество|число|рост|дол[яю]|част[ьи]|об[ъ]?[её]м|цен[ау]|бюджет|стоимость|площадь|население|прибыль|выручк[ау]|ставк[ау]|процент|сумм[ау]|размер|длина|скорость|грант)\b"
        r"|(?:^|\s)[وف]?[بل]?كم\b|\b(?:ما|هو) (?:عدد|تعداد)|(?:ما|كم|أي|بأي)(?: هي| هو| تبلغ| يبلغ)? (?:ال)?(?:نسبة|كلفة|تكلفة|حجم|مسافة|مبلغ|ميزانية|سعر|مساحة|معدل|قيمة|طول|سرعة|نمو)",
    ),
    (
        AnswerType.PLACE,
        rf"{_COUNTRY_ASKED}|{_WHICH}\w{{0,4}}?(?:地方|地点|地区|城市|区域|省份?|州|市|港口|村|县|岛屿?|大洲|大陆|首都)|(?:地方|地点|地区|城市|港口|机场|岛屿){_ARE_WHICH}|去(?:了)?哪|[在到从设驻](?:了)?哪(?![些个一几年天家位种项边方次届期])|哪里|哪儿|何地|何处|什么地方"
        rf"|{_OPENS}where\b|\bwhere(?=\?|\s(?:did|do|does|was|were|is|are|has|have|had|will|would|can|could|should)\b)|\b(?:which|what)(?: \w+){{0,2}} (?:cit(?:y|ies)|places?|regions?|states?|islands?)\b"
        r"|\b(?:d['’])?où\b|\bquel(?:le)?s?(?: \w+)? (?:villes?|lieux?|régions?|îles?|continents?)\b"
        r"|\ba?dónde\b|\b(?:qué|cuáles)(?: \w+)? (?:ciudad(?:es)?|lugar(?:es)?|región|regiones|islas?)\b"
        r"|\bгде\b|\bкуда\b|\bоткуда\b|\bкак(?:ой|ие|их|ая|ую|ом) (?:город|регион|мест|остров)"
        r"|أين|(?:أي|ما)(?: هي)? (?:ال)?(?:مدينة|مدن|منطقة|مناطق|جزيرة)",
    ),
    (
        AnswerType.DEFINITION,
        # What is asked of a thing (its name, its aim) is no definition of the thing.
        r"(?:^|[，,：:。]|请问|解释|说明|告诉我|究竟|到底)什么是|何谓|指(?:的)?(?:是)?什么|(?:是|算)(?:个|一个|一种|一套)?(?:什么|怎样|怎么样)(?:样)?(?:的)?(?:东西|文书|机构|组织|项目|制度|方案|概念|性质)"
        r"|的定义|定义(?:为|是)|什么意思|(?<!的..)(?<!的...)(?<!的....)(?<!名称|名字|全称|简称|题目|标题|目的|原因)是什么[？?。]?$"
        r"|\bwhat (?:is|are) (?:meant by |an? )[^?]+\?*$|\bwhat (?:is|are) (?:the )?(?!\w*(?:est|most|first|last|name|title|capital|purpose|main) )(?:(?!(?:of|in|for|that|between)\b)[\w'’-]+ ?){1,5}\?*$"
        r"|^\W*define\b|\bdefinition of\b|\bmeaning of\b|\bwhat does [^?]+ mean\b|\bmeant by\b"
        r"|\bqu['’]est[- ]ce (?:que c['’]est|qu['’]une?\b|qu(?:e |['’])(?:(?:le|la|les|l['’]|un|une) ?)?[^? ]+(?: (?:de |du |d['’])?[^? ]+)?\s?\?*$)|\bqu['’]entend-on\b|\bdéfin(?:ir|issez|it-on|ition d)|\bc['’]est quoi\b"
        r"|(?<!de )(?<!por )\bqué (?:es|son|significa)\b(?! lo que)|^\W*defin[ae]\b|\bse define\b|\bdefinición de(?!l?\s*$)"
        r"|\bчто такое\b|\bчто (?:означает|представляет)|\bопределение\b"
        r"|\bما ?(?:هو|هي) (?!(?:ال)?(?:سبب|أسباب|اسم|عدد|نوع|أنواع|أهم|أكبر|أول|ثاني|عاصمة|تاريخ|بلد|دول|مدن|هدف|أهداف)\w*)(?:(?!الذي\b|التي\b)\w+ ?){1,4}[؟?]?$|تعريف|ما معنى|المقصود ب|ماذا (?:يعني|تعني|نعني)",
    ),
    (
        AnswerType.SUMMARY,
        rf"{_TOLD_ASKED}|总结|概述|概括|综述|归纳|(?<!用来)(?<!用于)(?:做|开展|采取|进行|取得)(?:了)?(?:哪些|什么|啥)|哪些(?:工作|方面|措施|进展|成就|活动|内容|成果)|情况如何|主要内容"
        r"|\bsummar(?:y|i[sz]e)\b|\boverview\b|\boutline\b|\bwhat (?:has|have|was|were|did|does|do)\b.*\b(?:done|do|undertaken|achieved)\b"
        r"|\brésum|\bqu['’](?:a|ont)\b.*\b(?:fait|entrepris|accompli|réalisé)\b|\bquelles (?:mesures|activités|actions)"
        r"|\bresum|\bqué (?:se )?han? (?:hecho|emprendido|realizado|logrado)\b|\bqué (?:medidas|actividades)\b"
        r"|\bобобщ|\bкратко\b|\bчто (?:было )?сделан|\bкакие (?:меры|мероприятия)"
        r"|لخص|ملخص|ماذا فعل|ما الذي (?:فعل|قام)|ما (?:هي )?(?:التدابير|الأنشطة|الإجراءات)",
    ),
    (
        AnswerType.WHY,
        r"(?<![称名述成作改视译写定誉认])为什么|为何(?![？?]?$)|为啥|原因|因何|凭[什啥]么?|根据什么|目的是什么|[怎咋]么?(?:\w{0,12}(?:这么|那么|越来越|反而|反倒|回事|引起|造成)|\w{0,6}(?:没(?!有[？?])|又|会|变|还|比)|\w{1,10}[少多慢快晚炸停掉降涨](?:了|下来))|干[嘛吗]|是因为\w+还是"
        r"|\bwhy\b|\breasons?\b|\bwhat (?:causes?|caused|made|makes|led|explains|prompted|triggered|is holding)\b|\bhow come\b|\bcause of\b|\bpourquoi\b|\bquel(?:le)?s?\b.*\b(?:raison|cause)s?\b|\bqu['’]est-ce qui (?:a )?(?:fait|provoqu|caus|expliqu|emp[êe]ch)"
        r"|\bpor qué\b|\brazón|\bmotivo|\ba qué se deb|\bqué (?:causó|provocó|llevó|explica|hizo que)\b|\bпочему\b|\bзачем\b|\bпричин|\bотчего\b|\bиз-за чего\b|\bчем (?:объясн|вызван)|لماذا|(?:^|\s)ليش\b|\bما الذي (?:أدى|أودى|دفع|جعل|سبب|منع)|(?<!ب)سبب|أسباب|\bلمَ\b",
    ),
    (
        AnswerType.YES_NO,
        r"吗[？?。!！]*$|^(?!.*哪).*是否|是不是|有没有|有无|能否|会不会|可否|能不能|对不对|了没(?:有)?[？?]*$|没有[？?]$|(?P<verb>[\u4e00-\u9fff])不(?P=verb)"
        r"|^\W*(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b"
        # French inversion and the Spanish opening mark say that it is a question, a question word
        # with them that it is another one.
        r"|^\s*est-ce\b|^(?!.*\b(?:quel(?:le)?s?|lequel|laquelle|lesquel(?:le)?s|comment|quoi)\b)(?!\W*(?:\w+ )?qu(?:i|e|['’])).*\w-(?:t-)?(?:il|elle|ils|elles|on|vous|nous|tu|je|ce)\b"
        r"|(?:^|, )\s*¿(?!.*\b(?:qué|quién|quiénes|cuál|cuáles|cómo)\b)(?!\s*(?:\w+ )?(?:que|quien|cual|como)\b)"
        r"|\bли\b|^\s*(?:هل|أ(?:ليس|لم|لا|هو|هي|هناك|يوجد|توجد|كان))\b",
    ),
    (
        AnswerType.NAME,
        r"谁|何人|什么人|哪(?:一)?(?:家|位)|哪(?:一?个|些|几个)人"
        rf"|{_WHICH}\w{{0,4}}?(?:机构|组织|公司|部门|单位|委员会|理事会|办公室|网络|公约|条约|议定书|决议|法律|法院|文书|文件|手册|出版物|书籍?|系统|方案|项目|实体|博物馆|大学|学校|学院|政党|银行|协会)|(?:机构|组织|公司|部门|单位|委员会|公约|决议){_ARE_WHICH}"
        r"|叫(?:做)?什么|什么名字|名称|名字|题为什么|(?:称|名|称作|誉)为(?:什么|何)|什么(?:机构|组织|手册|系统|公司|大学)"
        rf"|{_OPENS}who(?:m|se)?\b|\bwhom?(?=\?|\s(?:did|does|was|were|is|are|has|have|had|will)\b)"
        r"|\b(?:which|what) (?:\w+ )?(?:organi[sz]ation|body|bodies|agency|agencies|institution|office|person|document|resolution|company|court|party|title|name)s?\b"
        r"|\b(?:is|are|was|were) [^?]*(?:called|named)\b|\bwhat(?: is| are| was| were)? [^?]*(?:called|name|title)\b"
        r"|^\W*(?:(?:à|a|de|par|pour|avec|chez|contre|selon|et) )?qui\b|\b(?:par|avec|pour|à|de) qui\s*(?:\?|$|est\b|sont\b|a\b)|\bqui est-ce\b|\bquel(?:le)?s? (?:est (?:le |la )?)?(?:organ|organisation|organisme|institution|résolution|document|titre|nom)|\bse? ?['’ ]?(?:appell|nomm|dénomm)"
        r"|\bquién(?:es)?\b|\bqué (?:órgano|organización|institución|resolución|documento|empresa|entidad|organismo|tribunal)|\bse llama|\b(?:el|los|su|sus|qué) nombres?\b"
        r"|\bкто\b|\bкого\b|\bкем\b|\bкак(?:ой|ая|ое|ие|им|ого) (?:орган|организац|учрежден|резолюц|документ|компани)|\bназыва|\bназван|\bкак зовут\b"
        r"|^\W*[وف]?(?:ب|على |إلى |ل)?مَ?ن\b|مَ?ن (?:هو|هي|هم|الذي)|(?:أي|أية|ما)(?: هي| هو)? (?:ال)?(?:هيئة|منظمة|مؤسسة|وثيقة|قرار|جهة|شركة|محكمة)|\b(?:ال)?اسم(?:ه|ها)?\b|[يت]سمى",
    ),
    (
        AnswerType.HOW,
        r"怎么|怎样|如何|什么方式|通过什么|什么办法|什么途径"
        r"|\bhow\b|\bin what way|\bcomment\b|\bde quelle manière|\bcómo\b|\bde qué manera"
        r"|\bкак\b|\bкаким образом|كيف",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
# Grammatical number where the language shows it in the question word or the noun behind it.
_NO_PLURAL = r"(?!(?:is|was|has|does|its|his|this|us|causes|happens|makes|process|basis|status)\b)"
_LIST = re.compile(
    r"哪些|有那些|哪几|哪\d+|(?<!没)有(?:什么|哪(?!一|个|位|家|种|本|部|所|项|国|年|天|里|儿))|列出|列举|分别|包括什么|几件事|(?:提|作|做)(?:了|出)?(?:什么|哪些|啥)(?:建议|要求)|建议(?:了)?(?:什么|哪些)|哪(?:两|三|四|五|六|七|八|九|十)"
    rf"|\b(?:which|what) {_NO_PLURAL}(?:\w+[^\Ws]s|countries|people)\b|\b(?:which|what) (?!(?:kind|type|sort)\b){_NO_PLURAL}\w+ (?:\w+ )?(?:countries|people|{_NO_PLURAL}\w+[^\Ws]s(?= (?:are|were|have|did|do|will|can)\b))"
    r"|\bwhat (?:are|were) (?:the|some)\b|\bwhat (?:does|do|did) [^?]+ (?:recommend|propose|call for|ask for)\b|\bwhich (?:two|three|four|five|six|\d) |\blist\b|^\W*name (?:all\b|the (?:\w+ )?\w+s\b)"
    r"|\bquel(?:le)?s\b|\bque (?:recommande|réclame|demande|propose|préconise)nt?\b|\bqu['’]attend-on\b|\bles?quel(?:le)?s\b|\bénumér|\bcuáles\b|\bqué (?:se )?(?:les? )?(?:piden?|recomiendan?|proponen?)\b|(?<!por )\bqué (?!los|las|tras|mas)(?:otr[oa]s |dos |tres |cuatro )?\w{2,}[aeo]s\b|\benumer"
    r"|\bкаки(?:е|х|ми)\b|\bперечисл|\bчто (?:рекоменду|предлага|совету)\w+\b|\bназовите\b"
    # A plural of things takes هي as a feminine singular does; that one mostly ends in ة or ى.
    r"|\bما ?هي (?!(?:أول|أولى|ثاني|أكبر|أصغر|أعلى|إحدى|عاصمة)\s)\w*[^\Wةى](?=\s)|أي (?:البلدان|الدول|المجالات)|اذكر|عدد(?=\s+\w+ (?:التي|الذين))|\bما \w+ا?ت\b|\bما جوانب",
    re.IGNORECASE,
)


def expected_answer(question: str) -> Expectation:
    """Return what would answer `question` (Chinese in Simplified script)."""
    return Expectation(type=_first_type(question), is_list=bool(_LIST.search(question)))


def asked_of_each(question: str) -> AnswerType:
    """Return what a comparison asks of each side: "which is longer, and how long is each?"."""
    return _first_type(question, other_than=AnswerType.COMPARISON)


def _first_type(question: str, *, other_than: AnswerType | None = None) -> AnswerType:
    return next(
        (
            kind
            for kind, pattern in _COMPILED
            if kind is not other_than and pattern.search(question)
        ),
        AnswerType.OTHER,
    )


def sought(question: str) -> str:
    """Return what a question that asks for a place in the report, or what it says, looks for there.

    That is the question without the words that ask for it, which stand in many paragraphs ("in
    paragraph 14 of resolution ...", "the report"); any other question as it is.
    """
    kind, pattern = _COMPILED[0]
    assert kind is AnswerType.LOCATE
    rest = _TOLD.sub(" ", pattern.sub(" ", question))
    return rest if re.search(r"\w", rest) else question


def told_of(question: str, *, thing: str) -> str | None:
    """Return a question for what the report says, asked of another thing; None for any other."""
    told = _TOLD.search(question)
    if told is None:
        return None
    if re.search(r"[\u4e00-\u9fff]", question):  # where the asking stands behind
        return f"关于{thing}，报告说了什么？"
    return f"{question[: told.end()]} {thing}?"


def asked_count(question: str) -> int | None:
    """Return how many things a question asks for ("which two countries"), None for any number."""
    match = _COUNT_ASKED.search(question)
    if match is None:
        return None
    word = match.group(match.lastindex or 0).casefold()
    return next(count for count, words in _COUNTS.items() if word in words.split())


def asks_for_year(question: str) -> bool:
    """Return whether a question about time wants a year and nothing finer."""
    return _YEAR.search(question) is not None


def asks_for_day_or_month(question: str) -> bool:
    """Return whether a question about time wants more than a year."""
    return _DAY_OR_MONTH.search(question) is not None


def asks_for_country(question: str) -> bool:
    """Return whether a question about places wants countries."""
    return _COUNTRY.search(question) is not None


def asks_for_person(question: str) -> bool:
    """Return whether a question about a name wants a person or whoever acts."""
    return _PERSON.search(question) is not None


def asks_for_money(question: str) -> bool:
    """Return whether a question about a quantity wants a sum of money."""
    return _MONEY.search(question) is not None


def asked_measure(question: str) -> str | None:
    """Return the Chinese measure word or unit that a question asks to be counted in, or None."""
    match = _MEASURE.search(question)
    return match["measure"] if match else None


_TOLD = re.compile(_TOLD_ASKED, re.IGNORECASE)
_YEAR = re.compile(_YEAR_ASKED, re.IGNORECASE)
_DAY_OR_MONTH = re.compile(
    r"哪(?:一)?(?:天|日)|哪(?:一)?个?月|几月|几号|几日|何日|何月|什么日期|\b(?:what|which) (?:exact )?(?:date|month|day)\b"
    r"|\bquelle date\b|\bquel (?:mois|jour)\b|\bqué (?:fecha|mes|día)\b"
    r"|\bв каком месяце\b|\bкакого числа\b|\bкакая дата\b|\bв какой день\b|(?:أي|أية) (?:تاريخ|شهر|يوم)",
    re.IGNORECASE,
)
_COUNTRY = re.compile(_COUNTRY_ASKED, re.IGNORECASE)
_PERSON = re.compile(
    r"谁|何人|什么人|哪(?:个|位|些)人|\bwho(?:m|se)?\b|\bqui\b|\bquién(?:es)?\b|\bкто\b|\bкого\b|\bкем\b|(?:^|\s)مَ?ن\s",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"多少(?:的?(?:钱|资金|经费|费用|款项|预算))|(?:资金|经费|费用|预算|金额|成本|造价)(?:总?额)?(?:是|为|有|达)?多少"
    r"|\bhow much (?:money|funding)\b|\bhow much (?:does|did|do|will|would) [^?]*\bcosts?\b"
    r"|\bcombien d['’]argent\b|\bcombien (?:\w+ )*co[uû]t"
    r"|\bcuánto dinero\b|\bcuánto (?:\w+ )*(?:cuesta|costó|costará)\b"
    r"|\bсколько (?:денег|средств|стоит|стоил\w*)\b|كم (?:من )?(?:ال)?(?:مال|أموال|تكلفة|تكلف|كلف)",
    re.IGNORECASE,
)
# How many are asked for, in Chinese, English, French, Spanish, Russian and Arabic. The Arabic dual
# is left out: often it is written like the plural.
_COUNTS = {
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
_COUNT_WORDS = "|".join(word for words in _COUNTS.values() for word in words.split())
_COUNT_ASKED = re.compile(
    rf"哪({_COUNT_WORDS})(?![\d年天月届次一二三四五六七八九十百])"
    rf"|\b(?:which|what|quel(?:le)?s|qué|cuáles|каки(?:е|х|м|ми))(?: (?:are|were|son|sont) the)? ({_COUNT_WORDS})\b"
    rf"|(?:أي|ما|بأي|في أي)(?: هي)? (?:ال)?({_COUNT_WORDS})\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"(?:多少|几)(?P<measure>公斤|千克|公里|平方公里|公顷|小时|分钟|美元|欧元|吨|克|米|个|名|项|起|次|年|天|人|国|家|种|部|份|位|条|件|届|所|元|倍|套|艘|架|辆|台|支|枚|本|篇|页|段|章|户|例|宗|笔|张|间|处)"
)
