"""What the words of a result cell call for: result | activity | kinds."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.domain.catalogue.called_for import kinds_for
from flows.domain.catalogue.calling_words import BY_ACTIVITY, KINDS

CATALOGUE = Path(__file__).parents[2] / "config" / "documents.toml"
CELLS = """
Приказ «Об утверждении Положения о системе наставничества», дорожная карта |  | order.introduce regulation roadmap
Приказ о внедрении ЦМН, Положение о наставничестве, программа наставничества |  | order.introduce regulation program.org
Приказ руководителя о назначении куратора внедрения ЦМН | Назначение куратора | order.curator
Приказ о назначении ответственного за внедрение |  | order.curator
Приказ об организации работы по наставничеству | Организация работы | order.introduce
Приказ о закреплении наставников |  | order.pairs
Приказ о назначении наставников молодым специалистам |  | order.pairs
Приказы о закреплении наставнических пар и утверждении индивидуальных планов |  | order.pairs order.programs plan.individual
Приказ об утверждении наставников и наставляемых | Формирование пар | order.pairs
Распоряжение об утверждении пар |  | order.pairs
Приказ о завершении программы наставничества и поощрении наставников |  | order.reward
Приказ об утверждении плана работы |  |
Утверждение программ наставничества | Утверждение персонализированных программ | program.personal
Утверждённые программы | Разработка персонализированных программ наставничества | program.personal
Персонализированные программы (планы) |  | program.personal
ИОМ педагогов |  | plan.individual
Индивидуальные планы профессионального развития |  | plan.individual
Маршрутный лист наставляемого |  | plan.individual
План мероприятий по реализации программы |  | roadmap
Перспективный план работы наставника |  | plan.individual
График взаимопосещений |  | plan.meetings
График консультаций |  | plan.meetings
База данных молодых педагогов |  | registry.mentees
Перечень наставляемых с указанием запросов |  | registry.mentees
Список педагогов, желающих стать наставниками |  | registry.mentors
Банк наставников ДОУ |  | registry.mentors
Реестр наставников и наставляемых |  | registry.mentors registry.mentees
Реестр кураторов |  | registry.curators
База программ наставничества |  | registry.programs
Банк персонализированных программ |  | registry.programs
Перечень пар |  | registry.pairs
Согласие на обработку ПДн |  | consent.pd
Согласия участников на обработку персональных данных |  | consent.pd
Согласие педагога на выполнение обязанностей наставника |  | consent.duty
Согласие на закрепление наставника |  | consent.mentee
Письменные согласия | Получение согласий на обработку персональных данных | consent.pd
Дополнительные соглашения к трудовым договорам наставников |  | addendum
Аналитическая справка о реализации персонализированных программ |  | note.monitoring
Аналитическая справка, приказ по итогам мониторинга |  | note.monitoring order.monitoring
Справка по результатам мониторинга эффективности |  | note.monitoring
Сводная справка по району |  | note.municipal
Муниципальная аналитическая справка |  | note.municipal
Мониторинговая справка |  | note.monitoring
Данные мониторинга в ИМЦ |  | data.submission
Отчёт по итогам анкетирования наставляемых |  | report.survey
Аналитический отчёт по результатам опроса |  | report.survey
Результаты диагностики |  | report.survey
Итоговые анкеты наставников и наставляемых |  | questionnaire.mentor_out questionnaire.mentee_out
Входная анкета наставляемого |  | questionnaire.mentee_in
Анкета куратора |  | questionnaire.curator
Анкета «Чем я могу быть полезен» |  | questionnaire.potential_mentor
Анкета выявления затруднений |  | questionnaire.needs
Отчет наставнической пары |  | report.mentor
Отчёт наставника и наставляемого |  | report.mentor
Отчет о результатах наставничества за учебный год |  | report.final
Итоговый отчет куратора |  | report.final
Отчеты |  | report.final
Протокол педагогического совета, выписка |  | protocol.council
Выписка из протокола заседания педсовета |  | extract.council
Протокол № 1 заседания педагогического совета |  | protocol.council
Решение педсовета |  | protocol.council
Протокол МО |  | protocol.other
Протокол установочной сессии |  | protocol.other
Протокол круглого стола |  | protocol.other
Памятка для наставника и наставляемого |  | memo.mentor memo.mentee
Памятки |  | memo.mentor
Методические рекомендации по организации наставничества |  | memo.mentor
Сценарий установочной встречи |  | scenario
Сценарии мероприятий |  | scenario
Лист регистрации, программа семинара |  | sheet.registration program.seminar
Регистрационный лист |  | sheet.registration
Благодарность, грамота |  | letter.thanks
Благодарственные письма наставникам |  | letter.thanks
Фото- и видеоматериалы на сайте |  | site.page
Актуальная информация на сайте ДОУ |  | site.page
Раздел «Наставничество» на официальном сайте |  | site.page
Публикации в социальных сетях |  | site.page
Новость на сайте |  | site.page
Согласие на публикацию фото |  | consent.pd_publication
Статья в журнале |  | article
Сборник |  | handbook
Описание практики |  | case
Кейс наставника |  | case
Заявка на конкурс |  | application
Конкурсная заявка |  | application
Журнал наставника |  | diary
Дневник встреч |  | diary
Форма обратной связи |  | form.feedback
Методика оценки эффективности наставничества |  | methodology
Система показателей эффективности |  | methodology
Карта соответствия запросов и компетенций |  | table.matching
Повестка педсовета, проект решения |  | agenda.council decision.council
Справка о наставляемых без пары |  | note.unmatched
Положение о стимулировании наставников |  | regulation.rewards
Программа информационного продвижения |  | program.promotion
Программа школы молодого педагога |  | program.seminar
Приказ о внедрении целевой модели наставничества | Издание приказа | order.introduce
Приказ «О внедрении целевой модели наставничества в МБОУ СОШ № 5» |  | order.introduce
Приказ об утверждении Положения о наставничестве | Разработка положения | order.introduce regulation
Приказ об утверждении дорожной карты |  | order.introduce roadmap
Приказ, Положение | Разработка и утверждение Положения о наставничестве | order.introduce regulation
Положение о наставничестве | Разработка Положения | regulation
Положение | Разработка положения о системе наставничества | regulation
Положение о программе наставничества |  | regulation
Утвержденное Положение о системе наставничества педагогических работников |  | regulation
Положение о поощрении наставников |  | regulation.rewards
Положение о конкурсе «Лучший наставник» |  |
Приказ о назначении куратора | Назначение куратора | order.curator
Приказ | Назначение куратора программы наставничества | order.curator
Приказ | Закрепление наставнических пар | order.pairs
Приказ | Создание рабочей группы по внедрению ЦМН | order.develop
Приказ о создании рабочей группы |  | order.develop
Приказ директора | Утверждение состава рабочей группы | order.develop
Приказ о закреплении наставников за молодыми педагогами |  | order.pairs
Приказ о назначении наставников |  | order.pairs
Приказ об утверждении наставнических пар/групп |  | order.pairs
Приказ «О закреплении наставнических пар», согласия наставников |  | order.pairs consent.duty
Приказ об утверждении персонализированных программ |  | order.programs program.personal
Приказ о поощрении лучших наставников |  | order.reward
Приказ об итогах мониторинга |  | order.monitoring
Приказ о проведении мониторинга, справка |  | order.monitoring note.monitoring
Приказ о проведении педагогического совета |  | order.council_prep
Распоряжение о назначении ответственных |  | order.curator
Приказ о внесении изменений в состав пар |  | order.pairs_change
Приказ о замене наставника |  | order.pairs_change
Дорожная карта |  | roadmap
План мероприятий (дорожная карта) |  | roadmap
Утвержденная дорожная карта |  | roadmap
Программа наставничества |  | program.org
Программа | Разработка программы наставничества | program.org
Программа | Разработка персонализированной программы | program.personal
Персонализированные программы |  | program.personal
Персонализированные программы наставничества пар |  | program.personal
Программы наставнических пар |  | program.personal
Индивидуальные планы развития наставляемых |  | plan.individual
Индивидуальный план |  | plan.individual
Индивидуальный образовательный маршрут |  | plan.individual
План работы наставника с молодым специалистом |  | plan.individual
План работы | Составление плана работы наставнической пары | plan.individual
График встреч |  | plan.meetings
План-график встреч |  | plan.meetings
График | Составление графика встреч пар | plan.meetings
База наставников |  | registry.mentors
База наставляемых |  | registry.mentees
Банк данных наставников и наставляемых |  | registry.mentors registry.mentees
База данных | Формирование базы наставников | registry.mentors
База данных наставляемых |  | registry.mentees
Сформированная база наставляемых |  | registry.mentees
Реестр наставников |  | registry.mentors
Список молодых специалистов |  | registry.mentees
Список наставников |  | registry.mentors
Реестр наставнических пар |  | registry.pairs
Реестр программ наставничества |  | registry.programs
База участников программы наставничества |  | registry.mentors registry.mentees
Сформированы наставнические пары | Формирование наставнических пар | order.pairs
Согласия на обработку персональных данных |  | consent.pd
Согласия |  | consent.pd
Согласие наставника |  | consent.duty
Письменные согласия наставников и наставляемых |  | consent.duty consent.mentee
Согласие родителей (законных представителей) |  | consent.mentee
Согласие на обработку персональных данных, согласие на участие в программе |  | consent.pd consent.mentee
Дополнительное соглашение к трудовому договору |  | addendum
Справка |  | note.monitoring
Справка | Мониторинг реализации программы | note.monitoring
Аналитическая справка по итогам мониторинга |  | note.monitoring
Справка по итогам |  | note.monitoring
Аналитический отчет | Мониторинг эффективности | note.monitoring
Отчет о мониторинге |  | note.monitoring
Результаты мониторинга |  | note.monitoring
Мониторинг |  | note.monitoring
Сводная аналитическая справка |  | note.municipal
Отчет по результатам анкетирования |  | report.survey
Результаты анкетирования |  | report.survey
Анкетирование |  | report.survey
Анкеты |  | questionnaire.needs
Анкета для наставника |  | questionnaire.mentor
Анкеты наставников и наставляемых |  | questionnaire.mentor
Итоговый отчет |  | report.final
Отчет | Подведение итогов работы | report.final
Отчет | Проведение анкетирования | report.survey
Отчет куратора |  | report.final
Отчеты наставников |  | report.mentor
Отчет наставника о проделанной работе |  | report.mentor
Отчет о реализации программы наставничества |  | report.final
Отчет о выполнении дорожной карты |  | report.final
Протокол |  | protocol.other
Протокол | Проведение педагогического совета | protocol.council
Протокол педсовета |  | protocol.council
Протокол педагогического совета № 1 |  | protocol.council
Протокол заседания методического совета |  | protocol.other
Протокол совещания |  | protocol.other
Выписка из протокола педсовета |  | extract.council
Решение педагогического совета |  | protocol.council
Педагогический совет |  | protocol.council
Проект решения педсовета |  | decision.council
Повестка |  | agenda.council
Памятка |  | memo.mentor
Памятка наставника |  | memo.mentor
Памятки для наставляемых |  | memo.mentee
Памятка для молодого педагога |  | memo.mentee
Методические рекомендации |  | memo.mentor
Методические рекомендации для наставников |  | memo.mentor
Сценарий встречи |  | scenario
Листы регистрации |  | sheet.registration
Лист регистрации участников семинара |  | sheet.registration
Программа семинара |  | program.seminar
Семинар |  | program.seminar sheet.registration
Проведен семинар для наставников |  | program.seminar sheet.registration
Благодарственные письма |  | letter.thanks
Награждение лучших наставников, благодарственные письма |  | order.reward letter.thanks
Грамоты |  | letter.thanks
Информация на сайте |  | site.page
Размещение на сайте |  | site.page
Раздел на сайте школы |  | site.page
Публикация на сайте |  | site.page
Страница «Наставничество» на сайте ДОУ |  | site.page
Публикации в СМИ и соцсетях |  | site.page
Пост в группе ВКонтакте |  | site.page
Новостная лента |  | site.page
Статья |  | article
Публикация статьи в сборнике |  | article handbook
Сборник методических материалов |  | handbook
Методическое пособие |  | handbook
Кейсы |  | case
Кейс лучших практик |  | case
Описание лучших практик наставничества |  | case
База лучших практик |  | case
Заявка |  | application
Заявка на участие в конкурсе |  | application
Участие в конкурсе | Участие в муниципальном конкурсе наставников | application
Портфолио наставника |  | portfolio.mentor
Дневник наставника |  | diary
Журнал встреч |  | diary
Формы обратной связи |  | form.feedback
Отзывы |  | form.feedback
Чек-лист |  | checklist
Методика оценки |  | methodology
Критерии оценки эффективности |  | methodology
Таблица подбора пар |  | table.matching
Анализ соответствия запросов и компетенций |  | table.matching
Лист согласования |  | cover.letter
Сопроводительное письмо |  | cover.letter
Заполненные формы мониторинга |  | data.submission
Информация в управление образования |  | data.submission
Данные в ФСН |  | data.submission
100 % педагогов охвачены |  |
Повышение профессионального уровня |  |
Создана рабочая группа | Создание рабочей группы |
Комплекс мероприятий |  |
Обмен опытом |  |
Наличие куратора | Назначение куратора | order.curator
Готовность наставников | Обучение наставников |
Встреча состоялась | Проведение первой встречи |
Утвержденные локальные акты |  | regulation
Пакет документов | Подготовка нормативной базы |
Нормативно-правовая база | Разработка локальных актов |
Журнал регистрации приказов |  | journal.orders
Письмо-напоминание |  | letter.reminder
Материалы педсовета |  | protocol.council
Карта диагностики затруднений |  | questionnaire.needs
Выявление запросов наставляемых |  | questionnaire.needs
Приказ о стимулирующих выплатах наставникам |  | order.reward
Протокол педсовета, приказ | Утверждение Положения о наставничестве | protocol.council order.introduce
Приказ, дорожная карта | Утверждение дорожной карты | order.introduce roadmap
Приказ, списки пар | Формирование пар | order.pairs registry.pairs
Приказ по школе | Назначение ответственных за внедрение | order.curator
Утверждённый реестр наставников |  | registry.mentors
Приказ об утверждении базы наставников |  | order.registry registry.mentors
Аналитическая записка |  | note.monitoring
SWOT-анализ |  | note.monitoring
Самоанализ |  |
Анкеты обратной связи |  | form.feedback
Справка, приказ | Мониторинг реализации программ | note.monitoring order.monitoring
Договоры о сотрудничестве |  |
Расписание консультаций |  | plan.meetings
План мероприятий |  | roadmap
План |  | roadmap
Перечень |  |
Карта наставничества |  |
Фотоотчет, публикация |  | site.page
Видеоролик |  |
Мастер-класс |  |
Открытые занятия |  |
Проведение открытых уроков |  |
Конспекты занятий |  | scenario
Презентация опыта |  |
Стажировочная площадка |  |
Приказ о внедрении модели в школе, утверждение Положения и дорожной карты | Подготовка локальных актов | order.introduce regulation roadmap
Приказы об утверждении положения и назначении куратора |  | order.curator order.introduce regulation
Назначен куратор | Назначение куратора внедрения модели | order.curator
Утверждённый список пар | Формирование наставнических пар | registry.pairs
Анкеты потенциальных наставников |  | questionnaire.potential_mentor
Заявления наставников |  | consent.duty
Отчёт по итогам мониторинга эффективности программы |  | note.monitoring
Информирование коллектива | Информирование педагогов о запуске программы |
Размещение информации о лучших наставниках на сайте |  | consent.pd_publication site.page
Встречи проводятся не реже одного раза в две недели |  |
Аналитическая справка | Подведение итогов муниципального мониторинга | note.municipal
Приказ управления об утверждении Положения | Согласование Положения экспертным советом | order.introduce cover.letter protocol.other
 | Утверждение дорожной карты |
"""


def cells():
    lines = [[part.strip() for part in line.split("|")] for line in CELLS.strip("\n").split("\n")]
    return [
        pytest.param(result, activity, set(kinds.split()), id=f"{result}/{activity}")
        for result, activity, kinds in ([*line, ""][:3] for line in lines)
    ]


@pytest.mark.parametrize(("result", "activity", "kinds"), cells())
def test_a_result_names_its_papers(result, activity, kinds):
    assert set(kinds_for(result, activity)) == kinds


def test_cells_as_schools_print_them_call_for_their_papers_and_states_for_none():
    """One row a line: the result and the activity, then the kinds, «-» for none."""
    lines = (Path(__file__).parent / "result_cells.txt").read_text("utf-8").splitlines()
    wanted = {cell: set(kinds.split()) - {"-"} for cell, kinds in (line.split(" => ") for line in lines)}
    assert {cell: set(kinds_for(*cell.split(" | "))) for cell in wanted} == wanted


def test_every_kind_a_rule_may_name_stands_in_the_catalogue():
    listed = [kind["id"] for kind in tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["kind"]]
    assert {*KINDS, *(kind for kind, _ in BY_ACTIVITY)} <= set(listed)
    assert len(listed) == len(set(listed))


def test_every_kind_that_is_made_says_where_and_how():
    made = [kind for kind in tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["kind"] if kind.get("made")]
    assert {"order.introduce", "order.pairs", "consent.duty", "program.personal", "note.monitoring"} <= {
        kind["id"] for kind in made
    }
    assert all(kind["template"] and kind["folder"] and kind["name"] and kind["subject"] for kind in made)


WORDS = st.sampled_from(
    [
        "Приказ",
        "о",
        "внедрении",
        "(",
        "\n",
        ";",
        "база",
        "наставников",
        "справка",
        "протокол",
        "педсовета",
        "«",
        ",",
        "согласия",
        "-",
        "отчёт",
    ]
)


@given(
    st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join)),
    st.lists(WORDS, max_size=6).map(" ".join),
)
def test_any_words_give_kinds_of_the_catalogue_in_its_order(result, activity):
    found = kinds_for(result, activity)
    assert list(found) == [kind for kind in KINDS if kind in found]
