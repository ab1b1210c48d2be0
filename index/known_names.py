"""Names that need no definition: of countries and regions (CLDR) and of international bodies.

A report in one language is asked about in another, and what is 科特迪瓦 in one part of the Chinese
world is 象牙海岸 in another.
"""

import functools
import re

from index.lexical import simplified
from index.names import NameTable

_LANGUAGES = ("zh", "zh_Hant", "zh_Hant_HK", "en", "fr", "es", "ru", "ar")
_NO_PLACES = {"ZZ", "XA", "XB"}
# The bodies that reports of the United Nations speak of most, a line each: their Chinese names,
# their English one, and how they are abbreviated in the other languages.
_BODIES = """
毒品和犯罪问题办公室|毒罪办|United Nations Office on Drugs and Crime|UNODC|ONUDC|ONUDD|УНП ООН|مكتب الأمم المتحدة المعني بالمخدرات والجريمة
开发计划署|开发署|United Nations Development Programme|UNDP|PNUD|ПРООН|برنامج الأمم المتحدة الإنمائي
环境规划署|环境署|United Nations Environment Programme|UNEP|PNUE|PNUMA|ЮНЕП|برنامج الأمم المتحدة للبيئة
儿童基金会|儿基会|United Nations Children's Fund|UNICEF|ЮНИСЕФ|اليونيسيف
人口基金|United Nations Population Fund|UNFPA|FNUAP|ЮНФПА
难民事务高级专员办事处|难民署|Office of the United Nations High Commissioner for Refugees|UNHCR|HCR|ACNUR|УВКБ|مفوضية الأمم المتحدة لشؤون اللاجئين
人权事务高级专员办事处|人权高专办|Office of the United Nations High Commissioner for Human Rights|OHCHR|HCDH|ACNUDH|УВКПЧ|مفوضية الأمم المتحدة لحقوق الإنسان
妇女署|UN-Women|ONU-Femmes|ONU-Mujeres|ООН-женщины|هيئة الأمم المتحدة للمرأة
贸易和发展会议|贸发会议|United Nations Conference on Trade and Development|UNCTAD|CNUCED|ЮНКТАД|الأونكتاد
教育、科学及文化组织|教科文组织|United Nations Educational, Scientific and Cultural Organization|UNESCO|ЮНЕСКО|اليونسكو
世界卫生组织|世卫组织|World Health Organization|WHO|OMS|ВОЗ|منظمة الصحة العالمية
粮食及农业组织|粮农组织|Food and Agriculture Organization|FAO|ФАО|منظمة الأغذية والزراعة
国际劳工组织|劳工组织|International Labour Organization|ILO|OIT|МОТ|منظمة العمل الدولية
国际海事组织|海事组织|International Maritime Organization|IMO|OMI|ИМО|المنظمة البحرية الدولية
国际民用航空组织|国际民航组织|International Civil Aviation Organization|ICAO|OACI|ИКАО|منظمة الطيران المدني الدولي
国际原子能机构|原子能机构|International Atomic Energy Agency|IAEA|AIEA|OIEA|МАГАТЭ|الوكالة الدولية للطاقة الذرية
世界粮食计划署|粮食署|World Food Programme|WFP|PAM|PMA|ВПП|برنامج الأغذية العالمي
世界银行|World Bank|Banque mondiale|Banco Mundial|Всемирный банк|البنك الدولي
货币基金组织|International Monetary Fund|IMF|FMI|МВФ|صندوق النقد الدولي
世界贸易组织|世贸组织|World Trade Organization|WTO|OMC|ВТО|منظمة التجارة العالمية
世界海关组织|海关组织|World Customs Organization|WCO|OMD|ВТамО|منظمة الجمارك العالمية
国际移民组织|移民组织|International Organization for Migration|IOM|OIM|МОМ|المنظمة الدولية للهجرة
国际刑事警察组织|国际刑警组织|刑警组织|International Criminal Police Organization|INTERPOL|OIPC|Интерпол|الإنتربول
国际麻醉品管制局|麻管局|International Narcotics Control Board|INCB|OICS|JIFE|МККН
金融行动特别工作组|金融行动工作组|Financial Action Task Force|FATF|GAFI|ФАТФ|فرقة العمل المعنية بالإجراءات المالية
非洲联盟|非盟|African Union|Union africaine|Unión Africana|Африканский союз|الاتحاد الأفريقي
欧洲联盟|欧盟|European Union|Union européenne|Unión Europea|Европейский союз|الاتحاد الأوروبي
西非国家经济共同体|西非经共体|Economic Community of West African States|ECOWAS|CEDEAO|ЭКОВАС
欧洲安全与合作组织|欧安组织|Organization for Security and Cooperation in Europe|OSCE|ОБСЕ
美洲国家组织|美洲组织|Organization of American States|OAS|OEA|ОАГ
"""


@functools.cache
def known_names() -> NameTable:
    """Return the table of the names that countries, regions and international bodies have."""
    from babel import Locale

    named_alike = [line.split("|") for line in _BODIES.split("\n") if line]
    territories: dict[str, dict[str, None]] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code not in _NO_PLACES:
                # What is in brackets tells two countries apart and is not said.
                plain = re.sub(r"\s*[（(].*[)）]", "", simplified(name)).replace("’", "'")
                territories.setdefault(code, {})[plain] = None
    named_alike.extend(map(list, territories.values()))
    return NameTable((first, other) for first, *others in named_alike for other in others)
