"""Local acts and frame programmes: what the organisation may choose is marked, the law is that of the day, what no data tell is a blank."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import docx
import pytest
from conftest import texts, word

from flows import settings
from flows.domain.catalogue import record
from flows.domain.documents.builders import BUILDERS, SUBJECTS
from flows.domain.documents.common import requisites
from flows.domain.documents.specimen import specimen
from flows.domain.errors import Refused
from flows.domain.monitoring.indicators.method import method_from
from flows.domain.people.participants import MOST_MENTEES
from flows.domain.terms.reading import Term, Window
from flows.papers import check, render
from flows.papers.fingerprint import fingerprint
from flows.papers.package import BODY, unpacked
from tests.documents.test_law_table import BOTH, DAYS, EMPTY, MANAGEMENT, PUPILS, WORKERS
from tests.documents.test_law_table import facts as organisation
from tests.paper_lines import lines
from tests.papers.test_templates import LEFT_OVER

ACTS = ("regulation", "regulation.rewards")
FRAMES = ("methodology", "program.org", "program.promotion", "program.seminar")
WHO = (WORKERS, BOTH, PUPILS, MANAGEMENT, EMPTY)
MARK = "{#p на выбор: "
# A clause of a local act without a mark is one of these, and the law or the act itself leaves nothing to choose in it.
NOT_TO_CHOOSE = {
    r"^Положение (определяет|разработано|вступает)|^Изменения в Положение|^С Положением|^То, что в Положении|настоящего Положения": "the act names itself",
    r"\{\{ нормы\.": "the words of the law in force on the day",
    r"письменного согласия|трудов\w+ (договор|функци)|оплаты труда|оплата этой работы": "ТК РФ, ст. 135, 351.8; СК РФ, ст. 64",
    r"^Обучающиеся участвуют": "nobody may be made to take part",
    r"персональн|распространени": "152-ФЗ, ст. 9, 10.1",
}  # fmt: skip
OURS = re.compile(r"(?i)\b(?:дв(?:а|е|ух)|тр(?:и|ёх)|пят(?:ь|и)|\d+|недел\w+|месяц\w*|полугоди\w+)\b")
CHAPTERS = (
    "Общие положения", "Цель, задачи и принципы", "Формы и виды наставничества", "Организация наставничества", "Отбор и нагрузка наставников", "Права и обязанности наставника",
    "Права и обязанности наставляемого", "Формирование пар и групп", "Документы", "Завершение и досрочное прекращение", "Мониторинг", "Выплаты и поощрение",
    "Ответственность", "Персональные данные и сайт", "Заключительные положения",
)  # fmt: skip


def clauses(kind):
    """The clauses of a template with their items, each with whether a mark stands above it."""
    told, marked = [], False
    for each in docx.Document(io.BytesIO(settings.template(f"{kind}.docx"))).paragraphs:
        text, style = each.text.replace("\u00a0", " "), each.style.style_id
        if style == "Tag":
            marked = marked or text.startswith(MARK)
        elif style.startswith(("Clause", "LastClause")):
            told.append([marked, text])
            marked = False
        elif style == "Item" and told:
            told[-1][1] += f"\n{text}"
    return told


def told(kind, facts):
    data = render(settings.template(f"{kind}.docx"), requisites(BUILDERS[kind](facts), draft="ПР-2026-017"))
    return data, lines(data)


@cache
def read(kind, who, day):
    return "\n".join(
        line.replace("\n", " ") for line in told(kind, replace(organisation(kind, who), day=day))[1]
    )


@pytest.mark.parametrize("kind", ACTS)
def test_a_clause_of_a_local_act_is_marked_as_a_choice_or_the_law_leaves_none(kind):
    bare = [text for marked, text in clauses(kind) if not marked]
    assert [text for text in bare if not any(re.search(why, text) for why in NOT_TO_CHOOSE)] == []
    assert len(bare) < sum(marked for marked, _ in clauses(kind))


@pytest.mark.parametrize("kind", ACTS)
def test_what_the_law_demands_is_never_offered_as_a_choice(kind):
    chosen = "\n".join(text for marked, text in clauses(kind) if marked)
    assert "{{ нормы." not in chosen


@pytest.mark.parametrize("kind", [*ACTS, *FRAMES])
def test_a_number_of_ours_stands_under_a_mark(kind):
    bare = [
        re.sub(r"\{[{%#].*?[}%#]\}|«[^»]*»|из 10\b", "", text) for marked, text in clauses(kind) if not marked
    ]
    found = [text for text in bare if OURS.search(text)]
    assert [text for text in found if not text.startswith(("Оценка состоит", "Куратор оценивает"))] == []


@pytest.mark.parametrize("kind", [*ACTS, *FRAMES])
def test_no_mark_reaches_a_made_paper(kind):
    assert MARK.encode() in unpacked(settings.template(f"{kind}.docx"), kind)[BODY]
    data, text = told(kind, specimen(kind, SUBJECTS[kind]))
    assert not any("на выбор" in line for line in text)
    assert not any(
        b"{#" in content or "на выбор:".encode() in content for content in unpacked(data, kind).values()
    )


def test_a_mark_of_ones_own_passes_the_check_and_takes_its_paragraph_away():
    template = word("{#p на выбор: число своё #}", "Не более трёх.", "{{ учебный_год }}")
    assert check(template, "regulation") == ()
    context = requisites(BUILDERS["regulation"](specimen("regulation")), draft="ПР-2026-001")
    assert texts(render(template, context))[0] == ["Не более трёх.", "2026/2027"]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("kind", ACTS)
def test_an_act_is_whole_whoever_takes_part_and_on_any_day(kind, who, day):
    text = read(kind, who, day).split("\n")
    assert not [line for line in text if LEFT_OVER.search(line)]
    assert not [line for line in text if line.endswith((":.", ";.", ",", ", ."))]
    listed = [line[-1:] for line, below in pairwise(text) if line[:1].islower() and below[:1].isupper()]
    assert set(listed) <= {"."}


@pytest.mark.parametrize("who", WHO)
def test_a_regulation_tells_what_published_ones_tell(who):
    text = read("regulation", who, DAYS[3])
    wanted = [
        each.replace("Выплаты и поощрение", "Поощрение") if who == PUPILS else each for each in CHAPTERS
    ]
    if who not in {WORKERS, EMPTY}:
        wanted.insert(7, "Права и обязанности законных представителей")
    heads = [
        line
        for line in text.split("\n")
        if line in {*CHAPTERS, "Поощрение", "Права и обязанности законных представителей"}
    ]
    assert heads == wanted


@pytest.mark.parametrize("who", [WORKERS, EMPTY])
def test_where_no_pupil_takes_part_an_act_speaks_of_none(who):
    for kind in ACTS:
        assert (
            re.findall(r"(?i)обучающ\w+|\bученик\w*|законн\w+ представител\w+", read(kind, who, DAYS[3]))
            == []
        )


def test_where_only_pupils_take_part_an_act_speaks_of_no_labour():
    for kind in ACTS:
        assert (
            re.findall(
                r"(?i)трудов\w+|работодателем|выплат\w+|категори\w+|дисциплинарн\w+",
                read(kind, PUPILS, DAYS[3]),
            )
            == []
        )


def test_consent_addendum_and_notice_are_asked_from_the_day_the_law_asks_for_them():
    early, late = (read("regulation", BOTH, day) for day in (DAYS[1], DAYS[2]))
    for words in (
        "дополнительном соглашении",
        "за три рабочих дня",
        "поручают только с его письменного согласия",
    ):
        assert (words in early, words in late) == (False, True)
    assert "Педагога закрепляют наставником с его письменного согласия." in early


def test_a_management_speaks_of_its_organisations_and_their_heads():
    text = read("regulation", MANAGEMENT, DAYS[3])
    assert "в муниципальных образовательных организациях Образцовского района (далее – организации)" in text
    assert "на основании приказа руководителя образовательной организации" in text
    assert "Совещание руководителей образовательных организаций обсуждает" in text
    assert "едагогическ" not in text.replace("педагогических работников", "").replace(
        "педагогический работник", ""
    ).replace("педагогической работы", "").replace("педагогическим работникам", "")


def test_a_regulation_allows_a_mentor_as_many_mentees_as_the_notes_do():
    words = {2: "двух", 3: "трёх", 4: "четырёх"}[MOST_MENTEES]
    assert f"не более {words} наставляемых или одну группу" in read("regulation", WORKERS, DAYS[3])


def test_an_early_refusal_is_no_reason_to_withhold_a_reward():
    assert "не мешает поощрить" in read("regulation.rewards", WORKERS, DAYS[3])


SHIPPED = settings.monitoring()


def by(method, kind="methodology", who=WORKERS):
    facts = replace(organisation(kind, who), day=DAYS[3])
    return "\n".join(told(kind, replace(facts, evidence=replace(facts.evidence, method=method)))[1])


def test_the_method_is_the_one_that_notes_are_counted_by():
    method = method_from(SHIPPED)
    text = by(method)
    for spec in method.specs.values():
        assert spec.data, spec.code
        assert f"{spec.name} | {spec.formula} | {spec.data}" in text
    for name in method.card_names:
        assert name.lower() in text
    assert "15–18 – оптимальный, 9–14 – допустимый, 0–8 – недопустимый" in text
    assert "если ответов меньше 5" in text
    assert "выполнение плана встреч ниже 80 %, обратную связь ниже 80 % и расхождение" in text
    assert "по варианту A: доля тех, кто поставил 8 и выше из 10" in text


def test_the_organisations_own_thresholds_are_those_of_its_method():
    own = {
        "title": "Методика школы",
        "rules": {
            "small": 7,
            "satisfied_from": 9,
            "satisfaction": "B",
            "return_from": 55,
            "gap_days": 21,
            "gap_source": "Методика школы",
        },
    }
    text = by(method_from(SHIPPED, own))
    for words in (
        "если ответов меньше 7",
        "по варианту B: средний балл",
        "анкет ниже 55 %",
        "не должен превышать 21 дней",
    ):
        assert words in text
    assert "14 дней" not in text


def test_indicators_and_thresholds_have_one_home():
    sources = "".join(path.read_text("utf-8") for path in settings.TEMPLATES.glob("papers_*.py"))
    assert [each["name"] for each in SHIPPED["indicator"] if f'"{each["name"]}"' in sources] == []
    assert [level["name"] for level in SHIPPED["card"]["levels"] if f"– {level['name']}" in sources] == []


@pytest.mark.parametrize("kind", ["methodology", "program.org"])
def test_indicators_of_the_staff_are_named_only_where_workers_take_part(kind):
    method = method_from(SHIPPED)
    staff = [spec.name for spec in method.specs.values() if spec.workers]
    assert staff
    assert all(f" | {name} | " in by(method, kind) for name in staff)
    assert not any(f" | {name} | " in by(method, kind, PUPILS) for name in staff)


def test_without_a_method_none_is_made_up():
    with pytest.raises(Refused, match="показатели не прочитаны"):
        BUILDERS["methodology"](replace(specimen("methodology"), evidence=None))
    assert told("program.org", replace(specimen("program.org"), evidence=None))[1].count(" |  |  |") == 6


def mentees(facts, *deficits, requests=()):
    """The facts whose mentees have these difficulties and ask for these things, in turn; without either where none is given."""
    codes = [code for code, each in facts.people.items() if each.role == "mentee"]
    turns = zip(codes, (deficits or ((),)) * len(codes), (requests or ("",)) * len(codes), strict=False)
    changed = {code: replace(facts.people[code], deficits=hard, request=asked) for code, hard, asked in turns}
    return replace(facts, people=facts.people | changed)


def test_difficulties_are_grouped_whoever_spells_them_and_of_few_marks_no_mean_is_told():
    facts = mentees(
        specimen("program.org", pairs=6), ("Планирование – 3 – ", "ИКТ – 2 – "), ("планирование – 4 – ",)
    )
    text = told("program.org", facts)[1]
    assert "Планирование (наставляемых – 10, средняя отметка в начале – 3,5 из 10);" in text
    few = told("program.org", mentees(specimen("program.org", pairs=2), ("ИКТ – 2 – ",)))[1]
    assert "ИКТ (наставляемых – 2)." in few
    assert "уменьшить затруднения, которые назвали наставляемые: ИКТ;" in few


def test_a_programme_of_many_requests_names_ten_and_counts_the_others():
    facts = mentees(specimen("program.org", pairs=12), requests=tuple(f"вопрос № {at}" for at in range(31)))
    text = "\n".join(told("program.org", facts)[1])
    assert len(re.findall(r"вопрос № \d+", text)) == 10
    assert re.search(r"вопрос № 9; других запросов – \d+\.", text)


def test_what_no_data_tell_is_a_blank_and_is_told_once():
    facts = mentees(replace(specimen("program.org"), activities=(), pairs=()))
    empty = replace(
        facts,
        organisation=replace(facts.organisation, teachers=None, young_teachers=None),
        evidence=replace(facts.evidence, answers=(), sent={}),
    )
    text = told("program.org", empty)[1]
    joined = "\n".join(text)
    assert "нет данных" not in joined
    for blank in (
        "Почему программа нужна сейчас: ____",
        "Затруднения наставляемых: ____",
        "Запросы: ____",
        "Материальные: ____",
    ):
        assert joined.count(blank) == 1
    assert [line for line in text if line.endswith("| с ___.___.20___ по ___.___.20___")]
    assert not re.search(r"\d+ из \d+", joined)


def dated(row, name, *days, kind="dated"):
    windows = tuple(Window(day, day) for day in days)
    return replace(row, stage=name, activity=name, term=Term(kind, windows), printed_term=kind)


def test_a_programme_of_one_year_of_a_longer_plan_names_the_rows_and_days_of_that_year():
    facts = specimen("program.org")
    row = facts.activities[0]
    rows = (
        dated(row, "Подготовка", date(2026, 6, 15)),
        dated(row, "Прошлогоднее", date(2026, 5, 15)),
        dated(row, "Оценка", date(2027, 4, 1), date(2028, 4, 1)),
        dated(row, "Через год", date(2027, 10, 1)),
        dated(row, "Обмен опытом", kind="ongoing"),
    )
    text = told("program.org", replace(facts, activities=rows))[1]
    stages = text[text.index("Этап | Срок") + 1 : text.index("План мероприятий")]
    assert stages == [
        "Подготовка | с 15.06.2026 по 15.06.2026", "Оценка | с 01.04.2027 по 01.04.2027", "Обмен опытом | в течение учебного года",
    ]  # fmt: skip
    planned = [line.split(" | ")[1] for line in text if line.startswith("1.1 | ")]
    assert planned == ["Подготовка", "Оценка", "Обмен опытом"]


def test_figures_of_a_programme_are_those_known_on_its_day():
    facts = specimen("program.org")
    rows = [line for line in told("program.org", facts)[1] if line.startswith(("1 | Вовлеч", "6 | Выполн"))]
    assert rows == [
        "1 | Вовлечённость молодых специалистов | 5 из 9 (55,6 %) |",
        "6 | Выполнение плана встреч |  |",
    ]


@pytest.mark.parametrize("kind", FRAMES)
def test_a_registered_programme_and_method_stand_whatever_is_typed_or_set_later(kind):
    facts = specimen(kind, SUBJECTS[kind])
    later = mentees(facts, ("ИКТ – 2 – ",), requests=("о планах",))
    (come, *_) = (each for each in later.people.values() if each.role == "mentee")
    later = replace(
        later, people=later.people | {"Л-099": replace(come, code="Л-099", name="Зорина Вера Олеговна")}
    )
    later = replace(later, evidence=replace(later.evidence, method=method_from(SHIPPED)))
    template = settings.template(f"{kind}.docx")
    before, after = (BUILDERS[kind](each) for each in (facts, later))
    assert before != after
    own = record.of(kind).later
    assert fingerprint(template, before, own) == fingerprint(template, after, own)
    assert fingerprint(template, before) != fingerprint(template, after)
