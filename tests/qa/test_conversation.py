"""Which questions lean on the one before: follow-ups do, new questions do not."""

import pytest

from qa.conversation import resolve

BEFORE = "塞拉利昂的跨国犯罪机构2011年缉获了多少大麻？"


@pytest.mark.parametrize(
    "question",
    [
        "那2012年呢？",
        "海洛因呢？",
        "該國呢？",
        "它有哪些成员？",
        "其中哪些在非洲？",
        "这些国家中哪些在非洲？",
        "該項目的重點是什麼？",
        "重点是建什么队伍？",
        "每个国家分到多少钱？",
        "为什么？",
        "And in Liberia?",
        "And who was consulted in drafting it?",
        "What about 2012?",
        "which of them joined in 2011?",
        "When did it begin?",
        "How many were there?",
        "What did they conclude?",
        "How many people did that unit train in the second half of 2011?",
        "What did this project change for the prosecutors of the region?",
        "Et au Mali ?",
        "Lesquels sont en Afrique ?",
        "Combien y en a-t-il ?",
        "Quand a-t-il commencé ?",
        "Quels pays participent à ce projet depuis le début de 2011 ?",
        "¿Y en 2012?",
        "¿Cuándo empezó?",
        "¿Cuáles de ellos están en África?",
        "¿Qué países participan en este proyecto desde principios de 2011?",
        "А в Либерии?",
        "Когда он начался?",
        "Которые из них в Африке?",
        "Какие страны участвуют в этом проекте с начала 2011 года?",
        "وماذا عن ليبيريا؟",
        "متى بدأ ذلك؟",
        "وأين عقد؟",
        "ما البلدان التي تشارك في هذا المشروع منذ بداية عام 2011؟",
    ],
)
def test_a_follow_up_is_searched_behind_the_question_before(question: str) -> None:
    assert resolve(question, context=[BEFORE]) == f"{BEFORE} {question}"


@pytest.mark.parametrize(
    "question",
    [
        "报告期内毒品和犯罪问题办公室在网络犯罪领域提供了哪些技术援助？",
        "那些参加机场通信项目的国家是哪些？",
        "其他国家得到了哪些援助，应该如何扩大？",
        "毒品和犯罪问题办公室如何帮助各国加强其刑事司法系统？",
        "这份报告是根据什么要求写出来的？",
        "什么是伪药？",
        "西非海岸举措是什么？",
        "How many countries are there in the airport communication project?",
        "Is there a database of human trafficking cases?",
        "What does this report say about cybercrime?",
        "Why is it important that forensic evidence be reliable?",
        "Which is the programme that trains customs officers?",
        "How did the office help those who fight piracy off the coast of Somalia?",
        "Which States have asked for assistance and had their officials trained?",
        "What is AIRCOP?",
        "Que dit ce rapport sur la cybercriminalité ?",
        "Y a-t-il une base de données sur la traite des personnes ?",
        "Combien de pays y participent au Programme mondial de contrôle des conteneurs ?",
        "La Sierra Leone est-elle le pays pilote le plus avancé ?",
        "De quels problèmes courants les procureurs du réseau discutent-ils entre eux ?",
        "Comment l’Office aide-t-il ceux qui luttent contre la piraterie ?",
        "Qu’est-ce que la simulation de procès ?",
        "¿Qué países y qué organizaciones participan en el proyecto de aeropuertos?",
        "¿Con qué consejo de fiscales coordina la red de América Central sus iniciativas?",
        "¿Qué dice este informe sobre la ciberdelincuencia?",
        "¿Qué es AIRCOP?",
        "Что говорится в этом докладе о киберпреступности?",
        "Какие государства обратились за помощью для своих органов и их сотрудников?",
        "Что такое AIRCOP?",
        "ما الذي يقوله هذا التقرير عن الجريمة السيبرانية؟",
        "كم دولة هناك في مشروع الاتصالات بين المطارات؟",
        "ما هي المحاكمة الصورية؟",
    ],
)
def test_a_full_question_of_its_own_leaves_the_old_topic_behind(question: str) -> None:
    assert resolve(question, context=[BEFORE]) == question


def test_the_first_question_of_a_conversation_leans_on_nothing() -> None:
    assert resolve("海洛因呢？", context=[]) == "海洛因呢？"


def test_a_chain_of_follow_ups_reaches_back_to_the_question_that_names_the_topic() -> None:
    context = ["什么是伪药？", BEFORE, "那2012年呢？"]
    assert resolve("海洛因呢？", context=context) == f"{BEFORE} 那2012年呢？ 海洛因呢？"


def test_a_full_question_between_ends_the_chain() -> None:
    context = [BEFORE, "那2012年呢？", "机场通信项目有多少个国家参加？"]
    assert resolve("其中哪些在亚洲？", context=context) == f"{context[-1]} 其中哪些在亚洲？"


def test_what_is_said_stays_as_it_was_said() -> None:
    assert resolve("  海洛因呢？ ", context=["A？"]) == "A？   海洛因呢？ "
