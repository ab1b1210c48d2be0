"""Which questions lean on the one before: follow-ups do, new questions do not."""

import pytest

from index.lexical import simplified
from qa.conversation import resolve

BEFORE = "塞拉利昂的跨国犯罪机构2011年缉获了多少大麻？"


@pytest.mark.parametrize(
    "question",
    [
        "該國呢？",
        "它覆蓋多少個國家？",
        "其中哪些国家参加了机场通信项目和打击枪支贩运项目？",
        "还有呢？",
        "还有吗？",
        "那后来呢？",
        "再具体一点呢？",
        "项目什么时候开始的？",
        "它有哪些成员？",
        "其中哪些在非洲？",
        "这些国家中哪些在非洲？",
        "該項目的重點是什麼？",
        "重点是建什么队伍？",
        "每个国家分到多少钱？",
        "为什么？",
        "And who was consulted in drafting it?",
        "which of them joined in 2011?",
        "When did it begin?",
        "How many were there?",
        "What did they conclude?",
        "And why?",
        "And the others?",
        "Who else?",
        "Which countries take part in the project?",
        "Is that more than in Ghana?",
        "How many people did that unit train in the second half of 2011?",
        "What did this project change for the prosecutors of the region?",
        "Lesquels sont en Afrique ?",
        "Combien y en a-t-il ?",
        "Et pourquoi ?",
        "Quels pays participent au projet ?",
        "Quand a-t-il commencé ?",
        "Quels pays participent à ce projet depuis le début de 2011 ?",
        "¿Cuándo empezó?",
        "¿Y cuándo terminará?",
        "¿Quién dirige la red?",
        "¿Cuáles de ellos están en África?",
        "¿Qué países participan en este proyecto desde principios de 2011?",
        "Когда он начался?",
        "А почему?",
        "Какие страны участвуют в проекте?",
        "Которые из них в Африке?",
        "Какие страны участвуют в этом проекте с начала 2011 года?",
        "متى بدأ ذلك؟",
        "ما هي أهدافها؟",
        "ولماذا؟",
        "وأين عقد؟",
        "ما البلدان التي تشارك في هذا المشروع منذ بداية عام 2011؟",
    ],
)
def test_a_follow_up_is_searched_behind_the_question_before(question: str) -> None:
    resolved = resolve(question, context=[BEFORE])
    assert (resolved.before, resolved.asked) == (BEFORE, question)
    assert resolved.text == f"{BEFORE} {question}"
    assert resolved.latest == simplified(question)


@pytest.mark.parametrize(
    "question",
    [
        "报告期内毒品和犯罪问题办公室在网络犯罪领域提供了哪些技术援助？",
        "那些参加机场通信项目的国家是哪些？",
        "其他国家得到了哪些援助，应该如何扩大？",
        "毒品和犯罪问题办公室如何帮助各国加强其刑事司法系统？",
        "这份报告是根据什么要求写出来的？",
        "什么是伪药？",
        "那什么是伪药？",
        "这项报告讲了哪些网络犯罪问题？",
        "該報告對網路犯罪怎麼說？",
        "其它国家得到了哪些援助，由谁提供资金？",
        "尤其受海盗之害的是哪些国家的商船？",
        "哪些国家修订了其反洗钱立法？",
        "毒品和犯罪问题办公室为打击海盗做了哪些事，这些事由谁出钱？",
        "毒品和犯罪问题办公室在网络犯罪领域都做了些什么呢？",
        "此外毒品和犯罪问题办公室还为哪些国家的法医实验室提供了设备？",
        "设在内罗毕的那个培训中心每年接待多少名学员？",
        "再犯率在哪些监狱里降低了？",
        "西非海岸举措是什么？",
        "How many countries are there in the airport communication project?",
        "Is there a database of human trafficking cases?",
        "What does this report say about cybercrime?",
        "Why is it important that forensic evidence be reliable?",
        "Which is the programme that trains customs officers?",
        "How did the office help those who fight piracy off the coast of Somalia?",
        "Which States have asked for assistance and had their officials trained?",
        "What is AIRCOP?",
        "So what is AIRCOP?",
        "What IT equipment did the laboratories receive?",
        "Which countries strengthened their laws?",
        "What does this publication say about witness protection?",
        "And how many prosecutors of the Central American network learned English?",
        "Que dit ce rapport sur la cybercriminalité ?",
        "Y a-t-il une base de données sur la traite des personnes ?",
        "Combien de pays y participent au Programme mondial de contrôle des conteneurs ?",
        "La Sierra Leone est-elle le pays pilote le plus avancé ?",
        "De quels problèmes courants les procureurs du réseau discutent-ils entre eux ?",
        "Comment l’Office aide-t-il ceux qui luttent contre la piraterie ?",
        "Qu’est-ce que la simulation de procès ?",
        "Quels pays ont réformé leurs lois ?",
        "¿Qué países y qué organizaciones participan en el proyecto de aeropuertos?",
        "¿Con qué consejo de fiscales coordina la red de América Central sus iniciativas?",
        "¿Qué dice este informe sobre la ciberdelincuencia?",
        "¿Qué es AIRCOP?",
        "¿Qué países han reforzado sus leyes?",
        "¿Qué dice este texto sobre la trata de personas?",
        "Что говорится в этом докладе о киберпреступности?",
        "Какие государства обратились за помощью для своих органов и их сотрудников?",
        "Что такое AIRCOP?",
        "Что говорит этот отчёт о торговле людьми?",
        "ما الذي يقوله هذا التقرير عن الجريمة السيبرانية؟",
        "كم دولة هناك في مشروع الاتصالات بين المطارات؟",
        "ما هي المحاكمة الصورية؟",
    ],
)
def test_a_full_question_of_its_own_leaves_the_old_topic_behind(question: str) -> None:
    assert resolve(question, context=[BEFORE]).text == question


GHANA = "How many officers were trained in Ghana in 2011?"
ACCRA = "Combien d’agents ont été formés au Ghana en 2011 ?"
ROSA = "¿Cuántos agentes fueron capacitados en Ghana en 2011?"
GANA = "Сколько сотрудников было обучено в Гане в 2011 году?"
GHANA_ARABIC = "كم موظفاً تدرب في غانا في عام 2011؟"


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (BEFORE, "那2012年呢？", "塞拉利昂的跨国犯罪机构2012年缉获了多少大麻？"),
        (BEFORE, "2012呢", "塞拉利昂的跨国犯罪机构2012年缉获了多少大麻？"),
        (BEFORE, "利比里亚呢？", "利比里亚的跨国犯罪机构2011年缉获了多少大麻？"),
        (BEFORE, "那在利比里亚的情况怎么样？", "利比里亚的跨国犯罪机构2011年缉获了多少大麻？"),
        (BEFORE, "那2012年利比里亚呢？", "利比里亚的跨国犯罪机构2012年缉获了多少大麻？"),
        (BEFORE, "海洛因呢？", "塞拉利昂的跨国犯罪机构2011年缉获了多少海洛因？"),
        ("塞拉利昂和利比里亚谈了什么？", "那加纳呢？", "加纳谈了什么？"),
        ("2010年和2011年约旦培训了多少名警察？", "2012年呢？", "2012年约旦培训了多少名警察？"),
        ("2010-2011年约旦培训了多少名警察？", "检察官呢？", "2010-2011年约旦培训了多少名检察官？"),
        ("《枪支议定书》是哪年通过的？", "《儿童权利公约》呢？", "《儿童权利公约》是哪年通过的？"),
        ("世界海关组织做了什么？", "国际移民组织呢？", "国际移民组织做了什么？"),
        ("AIRCOP有多少个国家参加？", "那CICIG呢？", "CICIG有多少个国家参加？"),
        (
            "塞拉利昂的跨國犯罪機構緝獲了多少大麻？",
            "那賴比瑞亞呢？",
            "赖比瑞亚的跨国犯罪机构缉获了多少大麻？",
        ),
        ("2011年緝獲了多少古柯鹼？", "那2012年呢？", "2012年缉获了多少古柯碱？"),
        (GHANA, "And in Liberia?", "How many officers were trained in Liberia in 2011?"),
        (
            GHANA,
            "What about Sierra Leone?",
            "How many officers were trained in Sierra Leone in 2011?",
        ),
        (GHANA, "And in 2012?", "How many officers were trained in Ghana in 2012?"),
        (GHANA, "in Liberia in 2012?", "How many officers were trained in Liberia in 2012?"),
        (GHANA, "And of judges?", "How many judges were trained in Ghana in 2011?"),
        (GHANA, "And detainees?", "How many detainees were trained in Ghana in 2011?"),
        (GHANA, "And judges?", "How many judges were trained in Ghana in 2011?"),
        (GHANA, "And in Ruritania?", "How many officers were trained in Ruritania in 2011?"),
        (
            "How many officers from Ghana were trained in Kenya?",
            "And in Togo?",
            "How many officers from Ghana were trained in Togo?",
        ),
        ("When was AIRCOP launched?", "And CICIG?", "When was CICIG launched?"),
        (
            "How much did the European Union pay?",
            "And the World Bank?",
            "How much did the World Bank pay?",
        ),
        (ACCRA, "Et au Mali ?", "Combien d’agents ont été formés au Mali en 2011 ?"),
        (ACCRA, "Et en 2012 ?", "Combien d’agents ont été formés au Ghana en 2012 ?"),
        (
            ACCRA,
            "Et en Sierra Leone ?",
            "Combien d’agents ont été formés en Sierra Leone en 2011 ?",
        ),
        (ACCRA, "Et les juges ?", "Combien de juges ont été formés au Ghana en 2011 ?"),
        (ROSA, "¿Y en 2012?", "¿Cuántos agentes fueron capacitados en Ghana en 2012?"),
        (ROSA, "¿Y en Panamá?", "¿Cuántos agentes fueron capacitados en Panamá en 2011?"),
        (ROSA, "¿Y jueces?", "¿Cuántos jueces fueron capacitados en Ghana en 2011?"),
        (GANA, "А в Либерии?", "Сколько сотрудников было обучено в Либерии в 2011 году?"),
        (GANA, "А в 2012 году?", "Сколько сотрудников было обучено в Гане в 2012 году?"),
        (GHANA_ARABIC, "وماذا عن ليبيريا؟", "كم موظفاً تدرب في ليبيريا في عام 2011؟"),
        (GHANA_ARABIC, "وفي عام 2012؟", "كم موظفاً تدرب في غانا في عام 2012؟"),
        ("首轮检查了多少货柜？", "那第二轮呢？", "第二轮检查了多少货柜？"),
        (
            "When did the first phase begin?",
            "And the second phase?",
            "When did the second phase begin?",
        ),
        ("Когда начался первый этап?", "А второй этап?", "Когда начался второй этап?"),
        ("متى بدأت المرحلة الأولى؟", "وماذا عن المرحلة الثانية؟", "متى بدأت المرحلة الثانية؟"),
        (
            "项目第二期花了多少钱？",
            "那第一期呢，何时完工？",
            "项目第一期花了多少钱？ 那第一期呢，何时完工？",
        ),
        (BEFORE, "And in Liberia?", "Liberia的跨国犯罪机构2011年缉获了多少大麻？"),
        (
            BEFORE,
            "那2012年破了多少案？",
            "塞拉利昂的跨国犯罪机构2012年缉获了多少大麻？ 那2012年破了多少案？",
        ),
        (
            GHANA,
            "And who trained judges in Liberia?",
            "How many officers were trained in Liberia in 2011? And who trained judges in Liberia?",
        ),
    ],
)
def test_what_is_said_anew_stands_in_the_place_of_what_it_replaces(
    before: str, question: str, expected: str
) -> None:
    assert resolve(question, context=[before]).text == expected


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("检察官网是哪一年建立的？", "利比里亚呢？"),
        ("检察官网是哪一年建立的？", "那2012年呢？"),
        ("加纳的检察官在肯尼亚见了谁？", "那多哥呢？"),
        ("塞拉利昂同利比里亚谈了什么？", "那加纳呢？"),
        (BEFORE, "比加纳多多少？"),
        (BEFORE, "那跟2010年相比呢？"),
        ("When was the network founded?", "And in Liberia?"),
        ("How many officers from Ghana were trained in Kenya?", "What about Togo?"),
        (GHANA, "Is it more than in Liberia?"),
        (GHANA, "Which of them are in West Africa?"),
    ],
)
def test_where_nothing_is_replaced_for_certain_the_question_stands_behind(
    before: str, question: str
) -> None:
    assert resolve(question, context=[before]).text == f"{before} {question}"


def test_the_first_question_of_a_conversation_leans_on_nothing() -> None:
    assert resolve("海洛因呢？", context=[]).text == "海洛因呢？"


def test_a_chain_of_follow_ups_reaches_back_to_the_question_that_names_the_topic() -> None:
    context = ["什么是伪药？", BEFORE, "那2012年呢？"]
    assert resolve("海洛因呢？", context=context).text == BEFORE.replace("2011", "2012").replace(
        "大麻", "海洛因"
    )


def test_each_turn_of_a_chain_replaces_what_it_names() -> None:
    context = [GHANA, "And in Liberia?", "And in 2012?"]
    assert (
        resolve("And judges?", context=context).text
        == "How many judges were trained in Liberia in 2012?"
    )
    assert (
        resolve("Why?", context=context).text
        == "How many officers were trained in Liberia in 2012? Why?"
    )


def test_a_new_topic_in_a_chain_is_what_later_turns_lean_on() -> None:
    context = [GHANA, "And in Liberia?", "ما هي المحاكمة الصورية؟", "什么是伪药？"]
    assert resolve("为什么？", context=context).text == "什么是伪药？ 为什么？"


def test_a_full_question_between_ends_the_chain() -> None:
    context = [BEFORE, "那2012年呢？", "机场通信项目有多少个国家参加？"]
    assert resolve("其中哪些在亚洲？", context=context).text == f"{context[-1]} 其中哪些在亚洲？"


def test_what_is_said_stays_as_it_was_said() -> None:
    assert resolve("  海洛因呢？ ", context=["A？"]).text == "A？   海洛因呢？ "


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (
            "What does the report say about firearms?",
            "And about piracy?",
            "What does the report say about piracy?",
        ),
        (
            "Que dit le rapport sur les armes à feu ?",
            "Et sur la piraterie ?",
            "Que dit le rapport sur la piraterie?",
        ),
        (
            "¿Qué dice el informe sobre las armas?",
            "¿Y sobre la piratería?",
            "¿Qué dice el informe sobre la piratería?",
        ),
        ("关于枪支，报告里说了什么？", "那海盗呢？", "关于海盗，报告说了什么？"),
        ("ماذا يقول التقرير عن الأسلحة؟", "وعن القرصنة؟", "ماذا يقول التقرير عن القرصنة?"),
        ("报告提到腐败了吗？", "那海盗呢？", "关于海盗，报告说了什么？"),
        ("Does the report mention arms?", "And piracy?", "Does the report mention piracy?"),
        (
            "Is corruption mentioned in the report?",
            "And piracy?",
            "Is piracy mentioned in the report?",
        ),
    ],
)
def test_what_the_report_says_is_asked_of_another_thing(
    before: str, question: str, whole: str
) -> None:
    resolved = resolve(question, context=[before])
    assert (resolved.before, resolved.asked) == ("", whole)
