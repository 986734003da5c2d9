"""The record of kinds is checked whole when it is read: each slip is one sentence that names the file, the kind and the trait."""

import re
import sys
from dataclasses import replace

import pytest

from flows import cli, settings
from flows.domain.catalogue import record
from flows.domain.errors import Misconfigured
from flows.domain.planning import wiring

TEXT = record.FILE.read_text("utf-8")
ORDER = '[[kind]]\nid = "order.pairs"\n'


def with_trait(line):
    """The record as it is, with one more line under the order of pairs."""
    return TEXT.replace(ORDER, f"{ORDER}{line}\n")


def said(text):
    with pytest.raises(Misconfigured) as told:
        record.read(text)
    return str(told.value)


def test_the_record_as_it_is_has_nothing_wrong():
    assert record.read(TEXT).kinds == record.kinds()
    assert settings.catalogue() == record.kinds()


@pytest.mark.parametrize(
    ("line", "trait", "what"),
    [
        ("leed_days = 5", "leed_days", "такого признака нет"),
        ('closes = "да"', "closes", "true или false"),
        ("repeats = 1", "repeats", "true или false"),
        ("asked_for = true", "asked_for", "текст в кавычках"),
        ("shares_orders = 2", "shares_orders", "такого признака нет"),
        ('within = "roadmap"', "within", "список"),
        ("within = [1]", "within", "список"),
        ('within = ["order.nothing"]', "within", "вида «order.nothing» нет"),
        ('copy_of = "order.nothing"', "copy_of", "вида «order.nothing» нет"),
        ('given = "печать"', "given", "значения «печать» нет; бывает: agreement, consent_data"),
        ("called = [{ stems = 'приказ' }]", "called", "stems и words"),
        ("called = [{ stems = 'приказ', words = '(приказ' }]", "called", "«(приказ» не читается"),
    ],
)
def test_a_slip_in_a_trait_is_named(line, trait, what):
    told = said(with_trait(line))
    assert told.startswith("Файл config/documents.toml, вид «order.pairs», признак «")
    assert f"признак «{trait}»: " in told
    assert what in told


@pytest.mark.parametrize(
    ("found", "put", "what"),
    [
        ('needs = ["Наставники"', 'needs = ["Наставницы"', "«needs»: вкладки «Наставницы» в книге нет"),
        ('cites = { "положение" = "order.introduce" }', 'cites = { "положение" = "order" }', "«cites»: вида «order» нет"),
        ('id = "order.reward"', 'id = "order.pairs"', "вид «order.pairs», признак «id»: вид записан дважды"),
        ('[[kind]]\nid = "diary"\n', "[[kind]]\n", "вид «без кода», признак «id»: не указан"),
        ('id = "diary"', 'id = "journal"', "вид «diary», признак «id»: слова дорожной карты вызывают этот вид"),
        ('title = "Дневник наставничества"\n', "", "вид «diary», признак «title»: не указан"),
        ('{ kind = "list.pairs", title', '{ kind = "list.pair", title', "вид «pack.last», признак «kind»: вида «list.pair» нет"),
        ('{ kind = "list.pairs", title', '{ kind = "list.pairs", name', "вид «pack.last», признак «kind»: строка папки"),
        ("[family.order]\n", "[family.order]\nordered = true\n", "вид «order.*», признак «ordered»: такого признака нет"),
    ],
)  # fmt: skip
def test_a_slip_in_an_entry_is_named(found, put, what):
    assert found in TEXT
    assert what in said(TEXT.replace(found, put, 1))


def test_a_file_that_is_no_toml_is_told_with_its_line():
    assert re.search(r"не читается. Ошибка в строке \d+", said(TEXT.replace(ORDER, ORDER + "closes = да\n")))


def test_what_a_family_says_holds_until_a_kind_says_otherwise():
    assert record.of("order.curator").on_leaving == "проверьте, нужны ли изменения"
    assert record.of("order.registry").on_leaving == "приказ о внесении изменений в реестр"
    assert record.of("diary").on_leaving == "проверьте, нужен ли он"


def test_a_kind_that_the_record_holds_no_more_is_judged_by_its_family():
    """The register keeps rows of papers that an older program made."""
    former = record.of("order.former")
    assert former.amended
    assert not former.made
    assert not record.of("own.0123456789").amended


@pytest.mark.parametrize(
    ("found", "put", "what"),
    [
        ('planner = "pairs_order"', 'planner = "pairs_orders"', "вид «order.pairs», признак «planner»: «pairs_orders» нет; бывает: "),
        ('parts = ["пара", "встречи по плану"]', 'parts = ["пары"]\nhandout = "plan"', "вид «plan.meetings», признак «handout»: «plan» нет"),
        ('parts = ["пара", "встречи по плану"]', 'parts = ["встречи"]', "вид «plan.meetings», признак «parts»: «встречи» нет"),
        ('parts = ["пара", "встречи по плану"]\n', "", "вид «plan.meetings», признак «parts»: документ собрать не из чего"),
        (ORDER, ORDER + "parts = []\n", "вид «order.pairs», признак «parts»: у вида есть и parts, и файл"),
        ('asked_by = ["выписка"]', 'asked_by = ["выписки"]', "вид «extract.council», признак «asked_by»: «выписки» нет"),
        ('"март" = [', '"апрель" = [', "вид «pack.март», признак «kind»: папки педсовета для этого времени нет"),
    ],
)  # fmt: skip
def test_what_a_kind_names_is_there_in_the_program(found, put, what):
    assert found in TEXT
    with pytest.raises(Misconfigured) as told:
        wiring.checked(record.read(TEXT.replace(found, put, 1)), settings.book_layout().lists["request"])
    assert what in str(told.value)


def test_a_file_of_a_kind_without_a_record_is_told():
    whole = record.read(TEXT)
    left = replace(whole, kinds={name: kind for name, kind in whole.kinds.items() if name != "site.page"})
    with pytest.raises(Misconfigured, match=r"вид «site.page», признак «id»: для вида есть файл"):
        wiring.checked(left, settings.book_layout().lists["request"])


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """Let the program read a record with something changed in it."""
    remembered = (record.record, record.of, record.having, record.asked, record.called, settings.catalogue)

    def put(found, other):
        assert found in TEXT
        (tmp_path / "documents.toml").write_text(TEXT.replace(found, other, 1), "utf-8")
        monkeypatch.setattr(record, "FILE", tmp_path / "documents.toml")
        for each in remembered:
            each.cache_clear()

    yield put
    for each in remembered:
        each.cache_clear()


UNKNOWN = (ORDER, ORDER + "leed_days = 5\n"), ["read", "plan.docx"], "вид «order.pairs», признак «leed_days»"
ABSENT = ('"diary.docx"', '"dairy.docx"'), ["templates", "check"], "в папке templates нет файла «dairy.docx»"


@pytest.mark.parametrize(("change", "command", "what"), [UNKNOWN, ABSENT])
def test_a_command_says_it_in_one_sentence_and_ends_with_2(  # noqa: PLR0917 - two fixtures of pytest
    broken, monkeypatch, capsys, change, command, what
):
    broken(*change)
    monkeypatch.setattr(sys, "argv", ["nastavnik", *command])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err.strip()
    assert ended.value.code == 2
    assert what in told
    assert told.count("\n") == 0
