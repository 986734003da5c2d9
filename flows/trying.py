"""`doctor --try`: a trial of the store that a home has or would have, what it answered kept in a file without names.

The trial's folder is remembered by its id before it is made and until it lies in the bin: what a killed trial left is
put there by the next one.
"""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from flows import doors, runs, settings
from flows.domain.errors import Misconfigured, Refused, TryLater
from flows.russian import words
from flows.workspace import kept_files, signing
from flows.workspace.trial import Outcome, Verdict, clean, run
from flows.workspace.trial_answers import Answers
from flows.workspace.trial_bench import NAME, Bench

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Home
    from flows.workspace.sign_ins import SignIn
    from flows.workspace.space import Workspace

DONE, PROBLEMS, CANNOT = 0, 1, 2
SIDE, LEFT = ".nastavnik", "try-left.json"
LIBRARIES = ("gspread", "google-api-python-client", "google-auth", "requests", "urllib3", "httplib2")
PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
HEAD = (
    "Ответы хранилища на пробу «nastavnik doctor --try». Личных данных здесь нет: ни имён, ни адресов почты, ни кодов "
    "и названий файлов, ни ключей, ни адресов сети; есть названия вызовов, коды ответов, время и виды полей. "
    "Файл можно отправить тому, кто помогает с установкой."
)
CLEANED = "Папка пробы убрана в корзину"
UNSEEN = f"Папка прошлой пробы этой учётной записи не видна: её уже нет или пробу делали под другой. Называется она «{NAME}»."


class Leftovers:
    """The ids of folders that trials of a home made and did not put away yet, in a file of the home."""

    def __init__(self, home: Path) -> None:
        self._file = home / SIDE / LEFT

    def ids(self) -> tuple[str, ...]:
        """Return what is remembered; a file that is damaged remembers nothing."""
        try:
            return tuple(map(str, json.loads(self._file.read_text("utf-8"))))
        except (OSError, ValueError, TypeError):
            return ()

    def add(self, folder: str) -> None:
        """Remember a folder before it is made; `Misconfigured` when nothing can be written down."""
        try:
            kept_files.replaced(self._file, json.dumps([*self.ids(), folder]).encode())
        except OSError:
            raise Misconfigured(
                "Рабочая папка не записывается, и пробе негде запомнить, что за собой убрать. Дайте право записи в неё или укажите другую: --home ПАПКА."
            ) from None

    def drop(self, folder: str) -> None:
        """Forget a folder; with the last one goes the file, and what was made for it alone."""
        rest = [each for each in self.ids() if each != folder]
        with suppress(OSError):
            if rest:
                kept_files.replaced(self._file, json.dumps(rest).encode())
                return
            self._file.unlink()
            self._file.parent.rmdir()
            self._file.parent.parent.rmdir()


def home_to_try(google: bool | None, root: str) -> Home:
    """Return the working folder with the store to try: the one it lives in, the one that was named, or the one it is signed in to."""
    home = settings.load_home()
    signed = signing.path_of(home.path, signing.ACCOUNT).exists()
    return runs.chosen(home, True if google is None and signed and not home.places else google, root)


def tried(home: Home, keep: Path, share: str = "") -> int:
    """Try a home's store step by step, telling each; return 0 when all is well, 1 when something is not, 2 when nothing works."""
    with doors.open_workspace(home) as space:
        trial = _Trial(home, space, keep)
        try:
            trial.walk(share)
        finally:
            trial.end()
    return trial.code()


class _Trial:
    def __init__(self, home: Home, space: Workspace, keep: Path) -> None:
        self._home, self._space, self._keep = home, space, keep
        self._left = Leftovers(home.path)
        self._answers = Answers()
        self._steps: list[dict[str, Any]] = []
        self._verdicts: list[Verdict] = []

    def walk(self, share: str) -> None:
        self._space.drive.session.hooks["response"].append(self._answers.hear)
        bench = Bench(self._space, self._home.root, _paper(), self._left.add, share)
        for at, outcome in enumerate(run(bench)):
            self._tell(outcome)
            if at == 0:
                self._sweep()
        if untried := self._verdicts.count(Verdict.UNTRIED):
            print(f"… Пока это не получится, не проверить ещё {words.count(untried, 'шаг')}.", flush=True)

    def _tell(self, outcome: Outcome) -> None:
        step, verdict = outcome.step, outcome.verdict
        if verdict is Verdict.UNTRIED:
            self._note(step.name, verdict, None)
            return
        said = f": {outcome.said}" if outcome.said else ""
        meaning = f" ({step.means})" if verdict is Verdict.ABSENT else ""
        print(f"{verdict} {step.title}{said}{meaning}", flush=True)
        if verdict is Verdict.WRONG:
            print(f"  Для работы: {step.means}.", flush=True)
        self._note(step.name, verdict, outcome.error)

    def _note(self, name: str, verdict: Verdict, error: BaseException | None) -> None:
        self._verdicts.append(verdict)
        self._steps.append(
            {"шаг": name, "итог": verdict, "ошибки": _classes(error), "ответы": self._answers.taken()}
        )

    def _sweep(self) -> None:
        """Put away what an earlier trial left because it was killed."""
        for folder in self._left.ids():
            self._put_away(folder, "earlier", "Папка прерванной пробы убрана в корзину", UNSEEN)

    def _put_away(self, folder: str, name: str, title: str, unseen: str) -> None:
        error: Exception | None = None
        try:
            there = clean(self._space, folder)
            self._left.drop(folder)
            if there or unseen:
                print(f"✓ {title}" if there else f"– {unseen}", flush=True)
        except (Misconfigured, TryLater, Refused) as trouble:
            error = trouble
            print(f"✗ {title}: {trouble}", flush=True)
            print(f"  Уберите её сами (называется «{NAME}») или повторите пробу: она уберёт.", flush=True)
        self._note(name, Verdict.FINE if error is None else Verdict.WRONG, error)

    def end(self) -> None:
        """Put the folder away and write the answers down, whatever ended the trial."""
        for folder in self._left.ids():
            self._put_away(folder, "clean", CLEANED, "")
        try:
            self._keep.write_text(
                json.dumps(
                    _about(self._home, self._space.sign_in) | {"шаги": self._steps},
                    ensure_ascii=False,
                    indent=1,
                ),
                "utf-8",
            )
        except OSError:
            self._verdicts.append(Verdict.WRONG)
            print(
                f"✗ Ответы не записаны: нет права записи в «{self._keep.parent}». Укажите файл: --keep ФАЙЛ."
            )
        else:
            print(f"Ответы без имён записаны, их можно отправить: {self._keep}")

    def code(self) -> int:
        """Say how the trial ended; return the exit code."""
        wrong, fine = self._verdicts.count(Verdict.WRONG), self._verdicts.count(Verdict.FINE)
        print(
            f"Не прошло: {words.count(wrong, 'шаг')}." if wrong else "Всё, что нужно для работы, получилось."
        )
        return DONE if not wrong else PROBLEMS if fine else CANNOT


def _paper() -> bytes:
    """Return the smallest template: any Word file will do."""
    return min((each.read_bytes() for each in settings.TEMPLATES.glob("*.docx")), key=len)


def _classes(error: BaseException | None) -> list[str]:
    """Name the classes of what was raised, outermost first: never their texts."""
    found = []
    while error is not None:
        found.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return found


def _about(home: Home, right: SignIn | None) -> dict[str, Any]:
    return {
        "о файле": HEAD,
        "программа": _version("nastavnik"),
        "python": platform.python_version(),
        "система": platform.system(),
        "библиотеки": {name: _version(name) for name in LIBRARIES},
        "вход": right.id if right else "офис",
        "место указано": home.root != "root",
        "организаций в рабочей папке": len(home.places),
        "прокси задан": any(os.environ.get(name) for name in PROXIES),
        "свои сертификаты заданы": bool(os.environ.get("REQUESTS_CA_BUNDLE")),
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "неизвестно"
