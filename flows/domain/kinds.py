"""Which papers a result cell calls for: patterns over the words that schools print (domain catalogue)."""

from __future__ import annotations

import re

RULES: tuple[tuple[str, str], ...] = (
    ("order.develop", r"приказ\w* о разработк|приказ\w*.{0,30}рабоч\w+ групп"),
    ("order.curator", r"(?:приказ|распоряжени)\w*.{0,40}назначени\w*.{0,20}куратор"),
    ("order.registry", r"приказ\w*.{0,40}реестр"),
    ("order.programs", r"приказ\w*.{0,40}утвержден\w*.{0,20}программ"),
    ("order.early_end", r"приказ\w*.{0,40}(?:прекращени|досрочн)"),
    ("order.pairs_change", r"приказ\w*.{0,30}(?:внесени\w* изменени|замен\w+ наставник)"),
    ("order.reward", r"приказ\w*.{0,40}(?:поощрен|награжд)|поощрени\w+ участник"),
    ("order.council_prep", r"приказ\w*.{0,40}(?:педсовет|педагогическ\w+ совет)|проведение педсовета, представля"),
    ("order.monitoring", r"приказ\w*.{0,30}мониторинг|рекомендаци\w+.{0,30}(?:итог|результат)\w* мониторинг"),
    ("order.pairs", r"(?:приказ|распоряжени)\w*(?:\(ы\))?(?!.{0,40}реестр).{0,60}(?:закреплени|утверждени|назначени)\w*.{0,25}(?:\bпар|групп|\bнаставник)"),
    ("order.introduce", r"(?:приказ|распорядительн\w+ акт|распоряжени)\w*.{0,25}(?:о внедрени|о введени|об утверждени\w* .{0,2}положени|об утверждени\w* дорожн)"),
    ("regulation.rewards", r"положени\w*.{0,40}(?:поощрен|стимулир|мотивир)"),
    ("regulation", r"положени[еяй]\w* о (?:систем|наставничеств|мцмн|программ|целев)|(?:утверждени\w*|разработ\w*) .{0,12}положени\w*(?! о (?:форм|поощр))|(?:^|, )положени[ея](?:$| и |,)"),
    ("roadmap", r"дорожн\w+ карт"),
    ("program.personal", r"(?<!реализации )персонализированн\w+ (?:программ|план)|реализация программ наставничества"),
    ("program.promotion", r"программ\w* (?:информационн\w+ )?продвижени"),
    ("program.seminar", r"программ\w* семинар"),
    ("program.org", r"^(?:наличие |разработ\w* |утвержд\w* |паспорт )?программ[аы] наставничества|, программ\w+ наставничества в"),
    ("plan.individual", r"индивидуальн\w+ (?:образовательн\w+ )?(?:маршрут|план)|план\w* индивидуальн|\bиом\b"),
    ("plan.meetings", r"план\w* встреч|график\w* встреч|регулярн\w+ встреч"),
    ("registry.programs", r"(?:перечен|реестр|банк)\w*.{0,30}программ"),
    ("registry.mentors", r"(?:баз|банк|реестр|перечен|списо?к)\w*(?! лиц).{0,35}(?<!о )(?<!иметь )наставник"),
    ("registry.mentees", r"(?:баз|банк|реестр|перечен|списо?к)\w*.{0,50}(?:наставляемы|запрос)"),
    ("registry.pairs", r"(?:баз|банк|реестр|перечен|списо?к)\w*.{0,30}\bпар(?!тн)|персонифицированн\w+ учет|первичн\w+ данн"),
    ("registry.curators", r"(?:баз|банк|реестр|перечен|списо?к)\w*.{0,30}куратор"),
    ("consent.duty", r"(?:письменн\w+ )?согласи\w*.{0,40}(?:возложени|обязанност|выполнени|быть наставник)"),
    ("consent.pd_publication", r"согласи\w*.{0,30}(?:распространени|публикаци)|публикаци\w*.{0,50}лучших"),
    ("consent.pd", r"согласи\w*.{0,40}(?:персональн|обработк|сбор)"),
    ("consent.mentee", r"согласи\w*.{0,20}(?:участие|наставляем)"),
    ("addendum", r"дополнительн\w+ соглашени"),
    ("note.municipal", r"муниципальн\w+ аналитическ\w+ (?:справк|записк|отчет)|аналитическ\w+ (?:справк|записк)\w* муниципальн"),
    ("note.unmatched", r"справк\w*.{0,40}без пар|не сформировавш\w+ пар\w*.{0,40}справк"),
    ("note.monitoring", r"(?:аналитическ\w+ |мониторинг\w* )?(?:справк|записк)\w*|анализ реализуем|оценка (?:изучаем|динамик)|проведение мониторинг|итоги мониторинг"),
    ("data.submission", r"аналитическ\w+ данн|данн\w+.{0,30}(?:фсн|статистическ|муниципальн\w+ координатор)|форм\w+ (?:федеральн\w+ )?статистическ|фсн"),
    ("report.final", r"отчет\w* (?:по итогам|о реализации|о выполнении)(?: \w+){0,2} (?:наставническ|программ|дорожн)"),
    ("report.survey", r"отчет\w*.{0,50}анкет|результат\w* анкетир|анализ.{0,25}удовлетворенност|отчет\w*.{0,30}(?:потребност|опрос)|анкетирование"),
    ("report.mentor", r"отчет\w*\s+(?:педагог\w*-)?наставник"),
    ("extract.council", r"выписк\w*.{0,20}протокол"),
    ("protocol.council", r"протокол\w*.{0,25}(?:педсовет|педагогическ\w+ совет)|(?:педсовет|педагогическ\w+ совет)\w*.{0,15}протокол"),
    ("protocol.other", r"протокол\w*(?!.{0,25}(?:педсовет|педагогическ\w+ совет))(?!\W{0,3}(?:$|;))|установочн\w+ сесси|итог\w* встреч|кругл\w+ стол"),
    ("agenda.council", r"повестк"),
    ("decision.council", r"проект решени"),
    ("questionnaire.potential_mentor", r"анкет\w*.{0,20}потенциальн"),
    ("questionnaire.curator", r"анкет\w*.{0,15}куратор"),
    ("questionnaire.needs", r"анкет\w*.{0,35}(?:потребност|запрос|затруднен)|баз\w*.{0,30}предварительн\w+ запрос"),
    ("questionnaire.mentor_in", r"входн\w+ анкет\w*.{0,15}наставник"),
    ("questionnaire.mentor", r"анкет\w* (?:о )?наставник"),
    ("form.feedback", r"обратн\w+ связ"),
    ("diary", r"дневник"),
    ("memo.mentor", r"памятк\w*(?!.{0,20}наставляем)|методическ\w+ материал"),
    ("memo.mentee", r"памятк\w*.{0,30}наставляем"),
    ("scenario", r"сценари|методическ\w+ материал"),
    ("letter.thanks", r"благодарствен|благодарност"),
    ("sheet.registration", r"лист\w* регистрации|регистрационн\w+ лист|семинар"),
    ("methodology", r"методик\w+ оценки"),
    ("case", r"кейс|тиражирован|представлени\w+.{0,20}практик|(?:сборник|описани)\w+ практик"),
    ("site.page", r"сайт|раздел\w* .наставничество|информационн\w+ ресурс"),
    ("article", r"стать[яеию]|публикаци\w+ в (?:сми|журнал|газет)"),
    ("handbook", r"сборник|методическ\w+ пособи"),
    ("application", r"заявк\w+"),
    ("table.matching", r"таблиц\w+ подбор|сопоставлени\w*.{0,30}(?:запрос|анкет)|подбор наставник"),
    ("portfolio.mentor", r"портфолио"),
    ("cover.letter", r"сопроводительн|лист согласовани"),
    ("checklist", r"нормативн\w+ обеспечени|чек-?лист|контрольн\w+ спис"),
    ("journal.orders", r"журнал\w* (?:регистрации )?приказ"),
    ("letter.reminder", r"письм\w+-?\s?напоминани"),
)
BARE_ORDER = re.compile(r"^приказы?\W*$|^(?:утвержденн\w+ )?распорядительн\w+ акт\w*\W*$")
BY_ACTIVITY: tuple[tuple[str, str], ...] = (
    ("order.develop", r"рабоч\w+ групп|приказ\w* о разработк"),
    ("order.curator", r"назначени\w*.{0,30}куратор"),
    ("order.pairs", r"закреплени\w*|(?:формирован|утвержден)\w*.{0,30}\bпар"),
    ("order.reward", r"поощрен|награжд"),
    ("order.registry", r"реестр\w* наставник"),
    ("order.introduce", r"внедрени|введени|утверждени\w*.{0,20}(?:дорожн|положени)|распорядительн\w+ акт"),
)
LOCAL_ACTS = re.compile(r"^(?:пакет )?локальн\w+ (?:нормативн\w+ )?акт\w*\W*$")
COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in RULES)


def kinds_for(result: str, activity: str = "") -> tuple[str, ...]:
    """Return the catalogue ids a result cell calls for, in the catalogue's order; the activity answers when it is bare."""
    told = _folded(result)
    if not told:
        return ()
    if BARE_ORDER.match(told):
        return _first(BY_ACTIVITY, _folded(activity))
    if LOCAL_ACTS.match(told):
        return ("regulation", "consent.duty", "consent.pd")
    found = tuple(kind for kind, pattern in COMPILED if pattern.search(told))
    return _narrowed(found, told)


def _folded(text: str) -> str:
    folded = text.lower().replace("ё", "е")
    return re.sub(r"\s+", " ", re.sub(r"[‐‑–—]", "-", folded)).strip()


def _first(rules: tuple[tuple[str, str], ...], text: str) -> tuple[str, ...]:
    found = next((kind for kind, pattern in rules if re.search(pattern, text)), None)
    return (found,) if found else ()


def _narrowed(found: tuple[str, ...], told: str) -> tuple[str, ...]:
    """Drop kinds that another one already names: «Приказ о разработке дорожной карты» is one paper."""
    dropped: set[str] = set()
    if "order.develop" in found:
        dropped |= {"roadmap"}
    if "methodology" in found or "registry.programs" in found:
        dropped |= {"program.org"}
    if "protocol.council" in found:
        dropped |= {"protocol.other"}
    if "note.municipal" in found:
        dropped |= {"note.monitoring"}
    if "regulation.rewards" in found and not re.search(r"положени\w* о (?:систем|наставничеств)", told):
        dropped |= {"regulation"}
    if "case" in found and re.search(r"сборник", told):
        dropped |= {"case"}
    return tuple(kind for kind in found if kind not in dropped)
