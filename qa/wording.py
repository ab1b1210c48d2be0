"""The few words an answer adds to its quotes, in the languages of the questions."""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language's words. Braces are filled with `str.format`.

    Attributes:
        place: how a numbered paragraph is called: ``{document}`` and ``{label}``.
        other_place: the same for what bears another label than a number.
        not_found: that the documents do not answer the question.
        empty: that there is no document to search.
        missing_year: that ``{name}``, a year, does not occur.
        missing_paragraph: that ``{document}`` has no paragraph ``{name}``.
        missing_document: that there is no document ``{name}``.
        ambiguous_paragraph: that ``{count}`` documents, such as ``{documents}``, have a paragraph
            ``{name}``, and that the question should say which is meant.
        ambiguous_document: that the question can mean any of ``{count}`` documents, such as
            ``{documents}``, and should say which.
        said_in: ``{text}``, said in ``{document}``.
        missing_names: that the nearest paragraph does not name ``{names}``.
        nearest: which paragraphs come nearest: ``{places}``.
        listed: what stands between two names or places.
        between: what stands between two sentences.
    """

    place: str
    other_place: str
    not_found: str
    empty: str
    missing_year: str
    missing_paragraph: str
    missing_document: str
    ambiguous_paragraph: str
    ambiguous_document: str
    said_in: str
    missing_names: str
    nearest: str
    listed: str
    between: str


WORDINGS = MappingProxyType(
    {
        "zh": Wording(
            place="{document}，第{label}段",
            other_place="{document}，{label}",
            not_found="文件没有回答这个问题。",
            empty="没有可供检索的文件。",
            missing_year="文件中没有出现{name}年。",
            missing_paragraph="{document}没有第{name}段。",
            missing_document="没有文号为{name}的文件。",
            ambiguous_paragraph="有{count}份文件（{documents}）都有第{name}段，请说明是哪一份。",
            ambiguous_document="有{count}份文件（{documents}）都可能是所问的，请说明是哪一份。",
            said_in="{document}：{text}",
            missing_names="最接近的段落没有提到{names}。",
            nearest="最接近的是：{places}。",
            listed="；",
            between="",
        ),
        "zh-Hant": Wording(
            place="{document}，第{label}段",
            other_place="{document}，{label}",
            not_found="文件沒有回答這個問題。",
            empty="沒有可供檢索的文件。",
            missing_year="文件中沒有出現{name}年。",
            missing_paragraph="{document}沒有第{name}段。",
            missing_document="沒有文號為{name}的文件。",
            ambiguous_paragraph="有{count}份文件（{documents}）都有第{name}段，請說明是哪一份。",
            ambiguous_document="有{count}份文件（{documents}）都可能是所問的，請說明是哪一份。",
            said_in="{document}：{text}",
            missing_names="最接近的段落沒有提到{names}。",
            nearest="最接近的是：{places}。",
            listed="；",
            between="",
        ),
        "en": Wording(
            place="{document}, para. {label}",
            other_place="{document}, {label}",
            not_found="The documents do not answer this question.",
            empty="There is no document to search.",
            missing_year="The year {name} does not occur in them.",
            missing_paragraph="{document} has no paragraph {name}.",
            missing_document="There is no document {name}.",
            ambiguous_paragraph="{count} documents ({documents}) have a paragraph {name}; say which one is meant.",
            ambiguous_document="{count} documents ({documents}) can be meant; say which one is.",
            said_in="{document}: {text}",
            missing_names="The nearest paragraph does not mention {names}.",
            nearest="Nearest: {places}.",
            listed="; ",
            between=" ",
        ),
        "fr": Wording(
            place="{document}, par. {label}",
            other_place="{document}, {label}",
            not_found="Les documents ne répondent pas à cette question.",
            empty="Il n’y a aucun document à consulter.",
            missing_year="L’année {name} n’y figure pas.",
            missing_paragraph="{document} n’a pas de paragraphe {name}.",
            missing_document="Il n’y a pas de document {name}.",
            ambiguous_paragraph="{count} documents ({documents}) ont un paragraphe {name} ; précisez lequel.",
            ambiguous_document="La question peut porter sur {count} documents ({documents}) ; précisez lequel.",
            said_in="{document} : {text}",
            missing_names="Le paragraphe le plus proche ne mentionne pas {names}.",
            nearest="Les plus proches : {places}.",
            listed=" ; ",
            between=" ",
        ),
        "es": Wording(
            place="{document}, párr. {label}",
            other_place="{document}, {label}",
            not_found="Los documentos no responden a esta pregunta.",
            empty="No hay ningún documento en el que buscar.",
            missing_year="El año {name} no aparece en ellos.",
            missing_paragraph="{document} no tiene párrafo {name}.",
            missing_document="No hay ningún documento {name}.",
            ambiguous_paragraph="{count} documentos ({documents}) tienen un párrafo {name}; indique cuál.",
            ambiguous_document="La pregunta puede referirse a {count} documentos ({documents}); indique cuál.",
            said_in="{document}: {text}",
            missing_names="El párrafo más cercano no menciona {names}.",
            nearest="Los más cercanos: {places}.",
            listed="; ",
            between=" ",
        ),
        "ru": Wording(
            place="{document}, п. {label}",
            other_place="{document}, {label}",
            not_found="В документах нет ответа на этот вопрос.",
            empty="Нет документов для поиска.",
            missing_year="{name} год в них не упоминается.",
            missing_paragraph="В документе {document} нет пункта {name}.",
            missing_document="Документа {name} нет.",
            ambiguous_paragraph="Пункт {name} есть в нескольких документах ({count}: {documents}); уточните, в каком.",
            ambiguous_document="Вопрос может относиться к нескольким документам ({count}: {documents}); уточните, к какому.",
            said_in="{document}: {text}",
            missing_names="В ближайшем пункте не упоминается: {names}.",
            nearest="Ближайшие: {places}.",
            listed="; ",
            between=" ",
        ),
        "ar": Wording(
            place="{document}، الفقرة {label}",
            other_place="{document}، {label}",
            not_found="لا تجيب الوثائق عن هذا السؤال.",
            empty="لا توجد وثيقة للبحث فيها.",
            missing_year="لا يرد فيها عام {name}.",
            missing_paragraph="لا توجد فقرة {name} في الوثيقة {document}.",
            missing_document="لا توجد وثيقة {name}.",
            ambiguous_paragraph="توجد الفقرة {name} في {count} من الوثائق ({documents})؛ يرجى تحديد الوثيقة.",
            ambiguous_document="قد يتعلق السؤال بأي من {count} من الوثائق ({documents})؛ يرجى تحديد الوثيقة.",
            said_in="{document}: {text}",
            missing_names="لا تذكر أقرب فقرة: {names}.",
            nearest="الأقرب: {places}.",
            listed="؛ ",
            between=" ",
        ),
    }
)


def place_name(document: str, label: str, wording: Wording) -> str:
    """Return what a reader calls a paragraph; ``para.`` stands only before a number."""
    form = wording.place if label[0].isdecimal() else wording.other_place
    return form.format(document=document, label=label)
