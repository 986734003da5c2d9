"""What the command prints: short Russian lines, grouped the way a curator reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flows import settings
from flows.domain.catalogue import record
from flows.domain.errors import Misconfigured
from flows.domain.model import Origin, Problem, Severity
from flows.domain.register.fingerprint import TEMPLATE_CHANGED
from flows.domain.register.life import Action
from flows.domain.tabs import FINDINGS, ROADMAP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from flows.domain.book.causes import Points
    from flows.domain.model import Activity
    from flows.domain.roadmap.grids import Document
    from flows.papers.form_books import Laid
    from flows.settings import Home
    from flows.work import Report
    from flows.work.bringing import Brought
    from flows.work.councils import Folder
    from flows.work.showing import Shown
    from flows.work.stages import Made

NAMES = re.compile(r"(П-\d+) [^/]*")
UNABLE = "cannot-run"
EMPTY = "В рабочей папке нет ни одной организации. Заведите первую: nastavnik init --organisation КОД."
MISUSES = (
    ("No such command", "Команды «{word}» нет"), ("No such option", "Параметра «{name}» нет"), ("unexpected extra argument", "Лишнее слово в команде: «{word}»"),
    ("requires an argument", "После «{name}» нужно значение"), ("Missing", "Не указано: {name}"), ("Invalid value", "Такое значение не подходит для {name}"),
)  # fmt: skip
MOST_CAUSES, MOST_BLANKS = 12, 20
IN_FINDINGS = f"Все — во вкладке «{FINDINGS}» и на своих ячейках."
ALL_OF_THEM = "Все: nastavnik read ФАЙЛ --all, а в книге — во вкладке «Проверка» и на своих ячейках."
ONE_BY_ONE = "По одной: nastavnik read ФАЙЛ --all."
IN_THEIR_CELLS = "После nastavnik prepare каждая будет в столбце «⚙ Замечание» своей строки."
AFTERWARDS = "После nastavnik prepare все встанут во вкладку «Проверка» и на свои ячейки."
MARKS = {Severity.STOP: "■", Severity.QUESTION: "?", Severity.NOTE: "·"}


def none_founded(home: Home) -> str:
    """Say that a working folder has no organisation to work for: none at all, or one whose founding broke off."""
    begun = next((each.slug for each in home.places if not each.book), "")
    return settings.unfinished(begun) if begun else EMPTY


def reports(runs: Sequence[Report]) -> None:
    """Print what runs did, one organisation after another; raise `Misconfigured` where there was none."""
    if not runs:
        raise Misconfigured(EMPTY)
    for each in runs:
        report(each)


def report(run: Report) -> None:
    """Print what a run did, what waits for a person and what is in the way."""
    print(f"\n{run.organisation}")
    if any(each.code == UNABLE for each in run.problems):
        problems(run.problems, indent="  ")
        return
    anew = {step.key for step in run.steps if step.reason == TEMPLATE_CHANGED and step.action is Action.RENEW}
    for each in run.made:
        if each.key not in anew:
            folder = NAMES.sub(r"\1", each.folder)
            print(f"  + {each.action}: {each.named}{f' → {folder}' if folder else ''}")
    _by_templates([each for each in run.made if each.key in anew])
    counts = {action: sum(step.action is action for step in run.steps) for action in Action}
    for line in run.copies:
        print(f"  {line}")
    if not run.made:
        doing = [
            f"{action.value} — {count}"
            for action, count in counts.items()
            if count and action in {Action.CREATE, Action.RENEW}
        ]
        print(f"  {_unmade(run, doing)}")
    total = ", ".join(f"{action.value} — {count}" for action, count in counts.items() if count)
    print(f"  всего: {total or 'документов пока нет'}")
    problems(run.problems, indent="  ", rest=AFTERWARDS if run.waiting else IN_FINDINGS, fresh=run.fresh)


def _unmade(run: Report, doing: Sequence[str]) -> str:
    """Say of a run that made no paper what it did instead, or would do."""
    if run.written:
        return "документы те же, в книге обновлены отметки"
    if doing:
        return f"было бы: {', '.join(doing)}"
    return "документы те же, в книге обновились бы отметки" if run.waiting else "изменений нет"


def _by_templates(made: Sequence[Made]) -> None:
    """Print in one line the drafts that a better template renewed: their data are what they were."""
    if made:
        titles = ", ".join(dict.fromkeys(each.title for each in made))
        print(f"  + обновлено по изменившимся шаблонам: {len(made)} ({titles})")


def folder(council: Folder) -> None:
    """Print where a council's folder lies and what it lacks."""
    print(
        f"\nПедсовет №{council.number}, {council.day:%d.%m.%Y}: папка «{council.path}», документов: {council.papers}."
    )
    if council.lacks:
        print(f"  Нет документов: {', '.join(council.lacks)}.")


def problems(  # noqa: PLR0913 - what a reader may be told besides
    findings: Iterable[Problem],
    indent: str = "",
    *,
    rest: str = "",
    fresh: Collection[str] = (),
    points: Points | None = None,
    apart: str = "",
) -> None:
    """Print findings by cause, the heaviest first, and small remarks on wording in one line; nothing that people typed.

    `rest` tells where those stand that are left out, without it all are printed one by one; `fresh` are keys of those
    that are new, `points` what the reader of a file calls its rows, `apart` where small remarks stand one by one.
    """
    from flows.domain.book import causes, trifles  # noqa: PLC0415 - bring the rules of every cell, and help asks none

    told = [*findings]
    small = _trifles(told, points or {}, apart) if rest else None
    if small:
        told = [each for each in told if not trifles.is_trifle(each) and each.code != trifles.CODE]
    everything = causes.by_cause(told, fresh, points)
    seen, left = causes.shown(everything, MOST_CAUSES - bool(small)) if rest else (everything, [])
    for each in seen:
        count = f" ({len(each.problems)})" if len(each.problems) > 1 else ""
        where = f"{each.where}: " if each.where else ""
        proposal = f" Предложение: {each.proposal}" if each.proposal else ""
        weight = f"{each.severity}{', новое' if each.fresh else ''}{count}"
        print(f"{indent}{MARKS[each.severity]} {weight}: {where}{each.message}{proposal}")
    if small:
        print(f"{indent}{MARKS[small.severity]} {small.message[:1].lower()}{small.message[1:]}")
    if left:
        print(
            f"{indent}… и ещё причин: {len(left)}, замечаний: {sum(len(each.problems) for each in left)}. {rest}"
        )


def _trifles(findings: Sequence[Problem], points: Points, apart: str) -> Problem | None:
    """Return small remarks on wording as one: as the book tells them, else by the points of a file."""
    from flows.domain.book import trifles  # noqa: PLC0415 - as above

    of_book = next((each for each in findings if each.code == trifles.CODE), None)
    return of_book or trifles.folded(
        findings,
        lambda each: points.get((each.origin.tab or each.origin.book, each.origin.row), ""),
        Origin(),
        apart,
    )


def reading(
    document: Document,
    activities: Sequence[Activity],
    findings: Sequence[Problem],
    *,
    one_by_one: bool = False,
) -> None:
    """Print a roadmap as it was understood; `one_by_one` leaves no finding out and folds none."""
    from flows.domain.columns.system_columns import understood  # noqa: PLC0415 - brings planning, and help plans nothing
    from flows.domain.roadmap.checks.view import points_of  # noqa: PLC0415 - the same

    if document.title:
        print(document.title)
    if document.period:
        print(f"Период: {document.period.start:%d.%m.%Y}–{document.period.end:%d.%m.%Y}")
    for each in activities:
        spans, _, papers = understood(each, record.kinds()).partition("\n")
        print(
            f"{each.number or '—':>6}  {(each.activity or each.content)[:70].replace(chr(10), ' ')}\n        срок: {spans}; документы: {papers}; ответственные: {', '.join(each.responsible) or '—'}"
        )
        if each.others:
            told = "; ".join(f"{header}: {' '.join(text.split())}" for header, text in each.others)
            print(f"        {told}")
    print(f"\nМероприятий: {len(activities)}")
    problems(
        findings,
        rest="" if one_by_one else ALL_OF_THEM,
        points=points_of(activities),
        apart=ONE_BY_ONE,
    )


def brought(done: Brought, seen: Collection[Problem] = ()) -> None:
    """Print what an import did, or of one that only waits what it would do; `seen` are findings that were printed before."""
    for tab, count in done.added.items():
        where = f" ({done.places[tab]})" if done.waiting and tab in done.places else ""
        known = f"; уже в книге — {done.matched[tab]}" if tab in done.matched else ""
        twice = f"; повторов в файле — {done.repeated[tab]}" if tab in done.repeated else ""
        print(f"{tab}: {'добавится' if done.waiting else 'добавлено'} строк — {count}{where}{known}{twice}")
    if done.waiting:
        _some("  + {}", done.first, max(0, done.added.get(ROADMAP, 0) - len(done.first)))
    _some("изменится: {}" if done.waiting else "изменилось: {}", done.changed)
    _some("дополнится пустое: {}" if done.waiting else "дополнено пустое: {}", done.filled, short=True)
    _some("в файле другое, в книге остаётся вписанное: {}", done.differing, short=True)
    for each in done.kept:
        print(f"изменилось и в файле, и в книге, оставлено вписанное: {each}")
    for each in done.dropped:
        print(f"в книге эту строку удалили, поэтому она не перенесена: {each}")
    for each in done.vanished:
        print(f"в файле больше нет, в книге строка оставлена: {each}")
    if not (done.written or done.waiting):
        print("Книга не изменилась.")
    rest = AFTERWARDS if ROADMAP in done.added else ""  # what lists say of a file stands nowhere else
    left = [each for each in done.problems if each not in seen]
    problems(left, rest=rest, points=done.points, apart=IN_THEIR_CELLS)


def _some(pattern: str, lines: Sequence[str], more: int = 0, *, short: bool = False) -> None:
    """Print lines, of a long list the first ones and how many are left."""
    shown = lines[:MOST_CAUSES] if short else lines
    for each in shown:
        print(pattern.format(each))
    left = more + len(lines) - len(shown)
    if left and lines:
        print(f"  … и ещё {left}")


def forms(laid: Laid, into: Path) -> None:
    """Print which tables for answers were laid into a folder."""
    for name in laid.made:
        print(f"+ {name}")
    for name in laid.same:
        print(f"  уже лежит: {name}")
    for name in laid.other:
        print(
            f"? уже лежит и отличается, поэтому не тронута: {name}. Нужна пустая — переименуйте эту или укажите другую папку."
        )
    print(
        f"Анкет-таблиц: {len(laid.made) + len(laid.same) + len(laid.other)}, новых: {len(laid.made)}, папка {into}"
    )


def shown(made: Shown, into: Path, organisation: str) -> None:
    """Print what a template tried on data became, what is blank in it and which cells fill that."""
    whose = f" на данных организации {organisation}" if organisation and not made.instead else ""
    about = f", {made.about}" if made.about else ""
    if made.instead:
        print(f"{made.instead[:1].upper()}{made.instead[1:]}.")
    if made.refusal:
        print(f"«{made.title}»{whose}{about} не печатается: {made.refusal}.")
    else:
        print(f"«{made.title}»{whose}{about}: {into}")
        print("Это только показ: в книгу и папки ничего не записано.")
    for field, cell in made.blank[:MOST_BLANKS]:
        print(f"  пусто: {field} – {cell}")
    if len(made.blank) > MOST_BLANKS:
        print(f"  … и ещё пустых мест: {len(made.blank) - MOST_BLANKS}")


def unable(organisation: str, why: str) -> Report:
    """Tell of an organisation whose run could not be carried out, so that it stands among the others."""
    from flows.work import Report  # noqa: PLC0415 - brings the clients

    return Report(organisation, problems=(Problem(Severity.STOP, UNABLE, Origin(), why),))


def _as_typed(param: Any) -> str:
    """Return an option as it is typed, an argument as `--help` shows it: its own name is a word of the code."""
    if param is None:
        return ""
    return str(param.human_readable_name if param.param_type_name == "argument" else max(param.opts, key=len))


def misused(error: Any) -> str:
    """Say in Russian how a command was misspelt; `error` is the command-line library's own, which says it in English."""
    said, param = error.format_message(), getattr(error, "param", None)
    name = getattr(error, "option_name", "") or _as_typed(param)
    word = next((one or two for one, two in re.findall(r"'([^']*)'|(?<!\S)\((\S+?)\)", said)), "")
    own = (
        error.message
        if re.search("[а-яё]", re.sub(r"'[^']*'", "", error.message))
        else next((told for words, told in MISUSES if words in said), "Команда набрана неверно")
    )
    told = own.format(name=name or word, word=word) if own != error.message else own
    context = getattr(error, "ctx", None)
    return f"{told[:1].upper()}{told[1:].rstrip('.')}. Подсказка: {context.command_path if context else 'nastavnik'} --help"
