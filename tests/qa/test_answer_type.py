"""What questions ask for, told from their wording: a table written by hand."""

import pytest

from index.lexical import simplified
from qa.answer_type import (
    AnswerType,
    asked_count,
    asked_measure,
    asked_of_each,
    asks_for_country,
    asks_for_day_or_month,
    asks_for_money,
    asks_for_year,
    expected_answer,
    sought,
)

# The questions of each type; those that ask for several things are marked by a "+" in front.
QUESTIONS: dict[AnswerType, tuple[str, ...]] = {
    AnswerType.NUMBER: (
        "2011年缉获了多少公斤可卡因？",
        "打击枪支走私项目现在覆盖几个国家？",
        "聯合國派了幾名導師？",
        "审判要持续多久？",
        "How many criminal cases did the unit investigate?",
        "How long is the transition period?",
        "What percentage of the cases led to a conviction?",
        "Combien de pays participent au projet ?",
        "Quel est le nombre de condamnations ?",
        "Quelle était la part des femmes ?",
        "Какова доля женщин?",
        "¿Cuántos kilogramos de cannabis se incautaron?",
        "Сколько стран охватывает проект?",
        "В скольких странах работает программа?",
        "كم دولة انضمت إلى المشروع؟",
        "ما هو عدد القضايا؟",
    ),
    AnswerType.DATE: (
        "枪支问题全球项目是哪一年发起的？",
        "聯合評估訪問將於何時進行？",
        "数据库是什么时候推出的？",
        "该方案于公元几年开始？",
        "When did the working group meet?",
        "In which year was the database launched?",
        "And since when has the office been open?",
        "Quand la mission a-t-elle eu lieu ?",
        "En quelle année le manuel a-t-il été publié ?",
        "¿Cuándo se celebró la reunión?",
        "В каком году был открыт проект?",
        "متى ستجري الزيارة؟",
        "في أي عام أطلق المشروع؟",
        "+¿En qué años se celebraron las reuniones?",
        "+В какие годы проводились семинары?",
    ),
    AnswerType.PLACE: (
        "+四个试点国家是哪些？",
        "+没有加入的五个国家是哪五个？",
        "模拟审判的培训去了哪个非洲国家？",
        "会议在哪里举行？",
        "會議在哪個島嶼舉行？",
        "Where was the second conference held?",
        "In which city did the course take place?",
        "Où s’est tenue la conférence ?",
        "¿Dónde se celebró la segunda reunión?",
        "¿Adónde se trasladó la oficina?",
        "Где состоялась вторая конференция?",
        "Откуда приехали слушатели?",
        "أين عقد الاجتماع الثاني؟",
        "+在哪些国家举行了培训方案？",
        "+目前涵蓋哪15個國家？",
        "+Which countries joined the network?",
        "+Name all countries in which courses were held.",
        "+Quels pays participent au projet ?",
        "+¿Qué países participan en el proyecto?",
        "+В каких странах проводились курсы?",
        "+ما هي الدول التي انضمت إلى الشبكة؟",
    ),
    AnswerType.NAME: (
        "+提交材料的机构有哪些？",
        "该手册叫什么？",
        "主席是誰？",
        "集装箱管制是跟哪个国际组织一起搞的？",
        "哪一所大学参加了项目？",
        "该机构被称为什么？",
        "Who was consulted in drafting the law?",
        "Which organization is the partner of UNODC?",
        "What is the name of the handbook?",
        "Qui a adopté la résolution ?",
        "Quel organe a adopté la résolution ?",
        "Comment s’appelle le réseau ?",
        "¿Quién preside el comité?",
        "¿Cómo se llama la red?",
        "Кто возглавляет комитет?",
        "Как называется сеть?",
        "Какая организация является партнером?",
        "من هو رئيس اللجنة؟",
        "ما اسم الدليل؟",
        "+Which organizations support the initiative?",
        "+哪些组织支持该举措？",
    ),
    AnswerType.DEFINITION: (
        "什么是模拟审判？",
        "检察官网是个什么东西？",
        "所謂模擬審判指的是什麼？",
        "西非海岸举措是什么？",
        "What is the West Africa Coast Initiative?",
        "What is meant by mock trial?",
        "Define trafficking in persons.",
        "Qu’est-ce que la simulation de procès ?",
        "Qu’est-ce qu’un procès simulé ?",
        "¿Qué es un juicio simulado?",
        "Что такое учебный процесс?",
        "ما هي المحاكمة الصورية؟",
        "ما المقصود بالمحاكمة الصورية؟",
    ),
    AnswerType.HOW: (
        "怎么教海关人员？",
        "區域方案如何跟聯合國其他機構配合？",
        "How did Tesla finance his work?",
        "In what way do the programmes complement each other?",
        "Comment les pays coopèrent-ils ?",
        "¿De qué manera cooperan los países?",
        "¿Cómo cooperan los países?",
        "Каким образом сотрудничают страны?",
        "Как работает база данных?",
        "كيف تتعاون البلدان؟",
    ),
    AnswerType.WHY: (
        "为什么法医证据那么关键？",
        "活動暫停的原因是什麼？",
        "这份报告是根据什么要求写出来的？",
        "Why do many countries struggle?",
        "What caused the suspension?",
        "Pourquoi les activités ont-elles été suspendues ?",
        "¿Por qué se suspendieron las actividades?",
        "Почему деятельность была приостановлена?",
        "لماذا توقفت الأنشطة؟",
        "ما سبب توقف الأنشطة؟",
        "+Quelles sont les raisons de la suspension ?",
    ),
    AnswerType.YES_NO: (
        "科特迪瓦的联合评估已经做完了吗？",
        "培訓是不是只教人查毒品？",
        "该国是否加入了网络？",
        "Did El Salvador ask for help?",
        "Has the law been adopted?",
        "La Sierra Leone est-elle le pays pilote le plus avancé ?",
        "Y a-t-il une base de données ?",
        "Est-ce que le pays a adhéré au réseau ?",
        "¿Ha adoptado el país la ley?",
        "¿El nuevo acuerdo incluye la formación?",
        "Присоединилась ли Либерия к сети?",
        "هل انضمت ليبيريا إلى الشبكة؟",
    ),
    AnswerType.SUMMARY: (
        "关于海盗，报告里都说了些什么？",
        "报告对培训工作怎么评价？",
        "What does the report say about piracy?",
        "Que dit le rapport sur la piraterie ?",
        "¿Qué dice el informe sobre la piratería?",
        "Что в докладе говорится о пиратстве?",
        "ماذا يقول التقرير عن القرصنة؟",
        "请总结保护证人方面的工作。",
        "保護證人方面做了什麼？",
        "Summarize the work on witness protection.",
        "Give an overview of the assistance.",
        "Qu’a fait l’ONUDC pour protéger les témoins ?",
        "Résumez l’assistance fournie.",
        "Resuma la asistencia prestada.",
        "Что сделано для защиты свидетелей?",
        "لخص المساعدة المقدمة",
        "+毒罪办做了哪些工作？",
        "+Quelles mesures ont été prises ?",
        "+¿Qué medidas se adoptaron?",
        "+Какие меры были приняты?",
    ),
    AnswerType.COMPARISON: (
        "东非的工作与西非相比如何？",
        "+兩個方案有什麼區別？",
        "How does the work in East Africa differ from that in West Africa?",
        "Compare the two programmes.",
        "Quelle est la différence entre les deux programmes ?",
        "¿Cuál es la diferencia entre los dos programas?",
        "Чем отличается работа в Восточной Африке?",
        "加纳和马里，哪边到货更快？",
        "春天和冬天两批，哪一批人多？",
        "改造以后，东港和西港的吊机谁干得快？",
        "Ghana or Mali: who trained more judges?",
        "Did the number of cases rise or fall from 2010 to 2011?",
        "Le nombre d'affaires a-t-il augmenté ou diminué ?",
        "¿Aumentó o disminuyó el número de casos?",
        "Число дел выросло или снизилось за год?",
        "هل ارتفع أم انخفض عدد القضايا؟",
        "加納和馬里哪個城市漏得少些？",
        "两个计划哪个参加的国家多？各有多少？",
        "What is cheaper, A vs B?",
        "Сравните две программы.",
        "ما الفرق بين البرنامجين؟",
    ),
    AnswerType.LOCATE: (
        "濒危动植物是在哪一段提到的？",
        "報告在哪裡講到買賣人體器官的問題？",
        "民间社会参与枪支问题写在哪一项里？",
        "Which paragraph talks about forensic laboratories?",
        "Where in the report is cybercrime mentioned?",
        "Quel paragraphe parle de la cybercriminalité ?",
        "¿Qué párrafo trata de la ciberdelincuencia?",
        "В каком пункте говорится о киберпреступности?",
        "أي فقرة تتحدث عن الجريمة السيبرانية؟",
        "Where does it talk about forensic laboratories?",
        "Where is the training described?",
        "Où est-il question de la sécheresse ?",
        "¿Dónde se habla de los paneles solares?",
        "Где говорится о детях?",
        "أين يتحدث التقرير عن المياه؟",
    ),
    AnswerType.OTHER: (
        "海洛因呢？",
        "培训的重点是什么？",
        "最早的文明出現在哪一條河？",
        "What is the source of the mistake?",
        "What movement has the church supported?",
        "Quelle discipline pratique-t-il ?",
        "¿Con niveles más altos de qué se relaciona?",
        "Какую помощь получила страна?",
        "ماذا تعارض الكنيسة؟",
        "+有什么特点？",
        "+方案有哪些特点？",
        "+What are the characteristics of the programme?",
        "+Which engines power airplanes?",
        "+De quels problèmes discutent les procureurs ?",
        "+¿Qué religiones se practican?",
        "+Какие темы обсуждаются?",
        "+ما هي المجالات التي تحظى بالأولوية؟",
    ),
}
TABLE = [
    (question.lstrip("+"), kind, question.startswith("+"))
    for kind, questions in QUESTIONS.items()
    for question in questions
]


@pytest.mark.parametrize(("question", "kind", "is_list"), TABLE, ids=[row[0] for row in TABLE])
def test_a_question_asks_for_its_type_and_number(
    question: str, kind: AnswerType, is_list: bool
) -> None:
    found = expected_answer(simplified(question))
    assert (found.type, found.is_list) == (kind, is_list)


def test_every_type_is_in_the_table_eight_times() -> None:
    assert set(QUESTIONS) == set(AnswerType)
    assert min(len(questions) for questions in QUESTIONS.values()) >= 8


@pytest.mark.parametrize(
    "question",
    [
        "What is the oldest programme?",
        "Which programme has supported Liberia?",
        "What does the process use as its basis?",
        "¿Por qué los países cooperan?",
        "¿Qué país firmó el tratado?",
        "¿Qué es la red?",
        "ما هي الدولة التي وقعت المعاهدة؟",
        "还有哪一个国家？",
    ],
)
def test_a_word_that_ends_like_a_plural_makes_no_list(question: str) -> None:
    assert not expected_answer(question).is_list


@pytest.mark.parametrize(
    ("question", "is_year"),
    [
        ("哪一年发起的？", True),
        ("于何年开始？", True),
        ("In which year did it begin?", True),
        ("En quelle année ?", True),
        ("¿En qué año?", True),
        ("В каком году?", True),
        ("في أي سنة؟", True),
        ("什么时候发起的？", False),
        ("When did it begin?", False),
        ("这两年有哪些活动？", False),
    ],
)
def test_only_a_question_for_the_year_wants_no_more_than_that(question: str, is_year: bool) -> None:
    assert asks_for_year(question) == is_year


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("在哪两个国家提供了培训？", 2),
        ("他提到了哪三点？", 3),
        ("哪10个国家？", 10),
        ("In which two countries was training given?", 2),
        ("Dans quels trois pays ?", 3),
        ("Quels sont les deux pays du réseau ?", 2),
        ("¿En qué cuatro países?", 4),
        ("¿Cuáles son los cinco países de la red?", 5),
        ("В каких двух странах?", 2),
        ("في أي ثلاث دول؟", 3),
        ("在哪些国家提供了培训？", None),
        ("哪两年举行过会议？", None),
        ("哪十二个国家？", None),
        ("Which countries gave two courses?", None),
    ],
)
def test_the_number_of_things_that_are_asked_for_is_told(question: str, count: int | None) -> None:
    assert asked_count(question) == count


@pytest.mark.parametrize(
    ("question", "is_country"),
    [
        ("在哪些国家举行？", True),
        ("去了哪个非洲国家？", True),
        ("是哪国发起的？", True),
        ("In which two countries was training given?", True),
        ("Dans quels pays ?", True),
        ("¿En qué país?", True),
        ("В каких странах?", True),
        ("في أي بلد؟", True),
        ("联合国的会议在哪里举行？", False),
        ("跨国犯罪机构设在哪个城市？", False),
        ("Where in the country was it held?", False),
        ("What did the country do?", False),
        ("De quelle manière les pays coopèrent-ils ?", False),
        ("Каким образом страны сотрудничают?", False),
    ],
)
def test_a_place_is_a_country_only_where_the_question_word_says_so(
    question: str, is_country: bool
) -> None:
    assert asks_for_country(question) == is_country


@pytest.mark.parametrize(
    ("question", "is_money"),
    [
        ("每个国家分到多少钱？", True),
        ("项目的预算是多少？", True),
        ("有多少个国家参加？", False),
        ("How much money was given?", True),
        ("How much did the project cost?", True),
        ("How much cocaine was seized?", False),
        ("Combien d'argent a été versé ?", True),
        ("Combien de juges ?", False),
        ("¿Cuánto dinero se destinó?", True),
        ("Сколько средств выделено?", True),
        ("Сколько судей обучено?", False),
        ("كم من المال أنفق؟", True),
        ("كم دولة شاركت؟", False),
    ],
)
def test_sums_of_money_are_asked_for(question: str, is_money: bool) -> None:
    assert asks_for_money(question) == is_money


@pytest.mark.parametrize(
    ("question", "measure"),
    [("缉获了多少公斤大麻？", "公斤"), ("覆盖几个国家？", "个"), ("密度多少？", None), ("", None)],
)
def test_the_measure_is_the_word_behind_how_many(question: str, measure: str | None) -> None:
    assert asked_measure(question) == measure


@pytest.mark.parametrize(
    ("question", "is_finer"),
    [
        ("方案哪个月启动？", True),
        ("会议是几号开的？", True),
        ("会议何时举行？", False),
        ("哪一年通过的？", False),
        ("On what date was it adopted?", True),
        ("When was it adopted?", False),
        ("Quel mois commence le programme ?", True),
        ("¿En qué mes empieza?", True),
        ("В каком месяце начнется программа?", True),
        ("في أي شهر يبدأ البرنامج؟", True),
    ],
)
def test_a_month_or_day_is_asked_for_only_where_the_question_says_so(
    question: str, is_finer: bool
) -> None:
    assert asks_for_day_or_month(question) == is_finer


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("事故的情况写在第几段？", "事故的情况写在 ？"),
        ("Which paragraph mentions accidents?", "  mentions accidents?"),
        ("Where is the training described?", "  is the training described?"),
        ("В каком пункте говорится о детях?", "  говорится о детях?"),
        ("第几段？", "第几段？"),
        ("第14段提交了什么？", "第14段提交了什么？"),
        ("关于海盗，报告里都说了些什么？", " 海盗 ？"),
        ("办事处的报告怎么讲？", "办事处的报告怎么讲？"),
        ("What does the report say about piracy?", "  piracy?"),
        ("Que dit le rapport sur la piraterie ?", "la piraterie ?"),
        ("¿Qué dice el informe sobre la piratería?", "¿ la piratería?"),
        ("Что в докладе говорится о пиратстве?", "пиратстве?"),
        ("ماذا يقول التقرير عن القرصنة؟", "القرصنة؟"),
        ("报告里说了登革热吗？", "登革热"),
        ("这份报告有没有提到腐败？", "腐败"),
        ("Does the report say anything about piracy?", "piracy"),
        ("Is piracy mentioned in the report?", "piracy"),
        ("Le rapport parle-t-il de la piraterie ?", "piraterie"),
        ("¿Menciona el informe la piratería?", "la piratería"),
        ("Упоминается ли в докладе пиратство?", "пиратство"),
        ("هل يتحدث التقرير عن القرصنة؟", "القرصنة"),
        # What is asked about the thing is more than whether it is mentioned.
        ("报告说培训了多少人？", "报告说培训了多少人？"),
        ("报告提到了哪些国家？", "报告提到了哪些国家？"),
        ("¿Qué países menciona el informe?", "¿Qué países menciona el informe?"),
    ],
)
def test_what_is_sought_is_the_rest_of_a_question_for_a_place(question: str, rest: str) -> None:
    assert sought(question).split() == rest.split()


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("甲港和乙港，哪个查的船多？各有多少艘？", AnswerType.NUMBER),
        ("Which port is bigger, A or B, and where is each?", AnswerType.PLACE),
        ("甲和乙有什么不同？", AnswerType.OTHER),
    ],
)
def test_a_comparison_asks_something_of_each_side(question: str, asked: AnswerType) -> None:
    assert expected_answer(question).type is AnswerType.COMPARISON
    assert asked_of_each(question) is asked
