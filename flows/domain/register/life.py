"""The life of a paper: what becomes of each key, by the one table of DESIGN §3."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from flows.domain.asked_again import of_the_same
from flows.domain.catalogue import record
from flows.domain.register.fingerprint import what_changed
from flows.domain.statuses import INTENDED, OVER, REGISTERED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.domain.model import Filed, Planned


# The column of «Документы» that tells what changed since, or what keeps a clean copy back.
CHANGED = "Данные изменились"
WAITS = "Номер и дата вписаны, а чистовик не готовится: {why}."
NO_DAY = "Вписан «Рег. №», а «Дата регистрации» пуста: чистовик не готовится. Впишите дату."
NO_NUMBER = "Вписана «Дата регистрации», а «Рег. №» пуст: чистовик не готовится. Впишите номер."
UNWANTED = "дорожная карта и пары больше не требуют этого документа. Верните его строку или пару, либо отмените документ"


class Action(StrEnum):
    """What a run does about one key, in the words of the tab `План запуска`."""

    CREATE = "создать"
    RENEW = "обновить"
    KEEP = "оставить"
    ASK = "спросить"
    ORPHAN = "лишний"


class File(StrEnum):
    """How the filed paper stands: as we left it, edited by hand, gone (trashed or deleted), or never made."""

    OURS = "ours"
    EDITED = "edited"
    GONE = "gone"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Step:
    """What to do about one key and why; `filed` is the register row it stands on, `fingerprint` what it should say."""

    action: Action
    key: str
    reason: str
    planned: Planned | None = None
    filed: Filed | None = None
    version: int = 1
    fingerprint: str = ""
    warning: str = ""
    final: bool = False


def begun(filed: Filed) -> bool:
    """Tell a row that a broken run left: only then is the file still ours to finish.

    The state alone proves nothing, a person may type it; a registered paper is never finished over, but its
    final, which carries the number from the start, is.
    """
    return filed.state == INTENDED and bool(filed.intended) and (filed.final or not filed.registered)


def awaiting(filed: Filed) -> bool:
    """Tell a row whose registration somebody has typed whole and that has no clean copy yet."""
    return bool(filed.number and filed.day) and not filed.final and filed.state not in OVER


def half_typed(filed: Filed) -> str:
    """Say which half of a registration is missing; nothing for a whole one and for none."""
    if filed.final or filed.state in OVER or bool(filed.number) == (filed.day is not None):
        return ""
    return NO_DAY if filed.number else NO_NUMBER


def decide(  # noqa: PLR0913 - two of them are options
    planned: Planned, fingerprint: str, filed: Filed | None, file: File, *, again: bool = False, top: int = 0
) -> Step:
    """Apply the table to a planned paper.

    `filed` is what `latest` gives for its key, `again` the tick «Подготовить новую версию», `top` the greatest
    version that any row of the key has (0 when `filed` is the only one): a version is never given twice.
    """
    if filed is None:
        return _step(Action.CREATE, planned, "документа ещё нет", None, 1, fingerprint)
    following = max(filed.version, top) + 1
    if begun(filed) and file is File.EDITED and not filed.final:
        why = "начатый черновик исправлен вручную: новая версия рядом, правок в ней нет"
        return _step(Action.CREATE, planned, why, filed, following, fingerprint)
    if begun(filed):
        step = _step(
            Action.CREATE, planned, "начат прошлым запуском и не закончен", filed, filed.version, fingerprint
        )
        return replace(
            step,
            final=filed.final,
            fingerprint=filed.intended.partition(":")[0] if filed.final else fingerprint,
        )
    if again:
        return _step(Action.CREATE, planned, "новая версия по галочке", filed, following, fingerprint)
    return _standing(planned, filed, fingerprint, file, following)


def _standing(planned: Planned, filed: Filed, fingerprint: str, file: File, following: int) -> Step:
    """Decide about a paper that exists."""
    if filed.state in OVER:
        return _over(planned, filed, fingerprint, following)
    if planned.frozen and filed.fingerprint:
        fingerprint = filed.fingerprint
    if file is File.GONE:
        return _gone(planned, filed, fingerprint)
    if awaiting(filed):
        if planned.held:
            told = WAITS.format(why=planned.held)
            return _step(Action.ASK, planned, told, filed, filed.version, fingerprint)
        return replace(
            _step(
                Action.CREATE,
                planned,
                "номер и дата вписаны: готовится чистовик",
                filed,
                following,
                filed.fingerprint,
            ),
            final=True,
        )
    if filed.registered:
        return _registered(planned, filed, fingerprint, file)
    return _draft(planned, filed, fingerprint, file, following)


def _draft(planned: Planned, filed: Filed, fingerprint: str, file: File, following: int) -> Step:
    if fingerprint == filed.fingerprint:
        why = "изменений нет" if file is File.OURS else "исправлен вручную, данные не изменились"
        return _step(Action.KEEP, planned, why, filed, filed.version, fingerprint)
    if file is File.OURS:
        why = what_changed(filed.fingerprint, fingerprint)
        return _step(Action.RENEW, planned, why, filed, filed.version, fingerprint)
    return _step(
        Action.CREATE,
        planned,
        f"{what_changed(filed.fingerprint, fingerprint)}, а черновик исправлен вручную: новая версия рядом, правок в ней нет",
        filed,
        following,
        fingerprint,
    )


def _over(planned: Planned, filed: Filed, fingerprint: str, following: int) -> Step:
    """Leave what a person cancelled, but make anew what only a broken run had begun and never finished."""
    if filed.intended and not filed.registered:
        return _step(Action.CREATE, planned, "начатый черновик отменён", filed, following, fingerprint)
    told = f"Документ {filed.state}, а дорожная карта его требует. Если нужен новый черновик, отметьте «Подготовить новую версию»."
    return _step(Action.ASK, planned, told, filed, filed.version, fingerprint)


def _step(  # noqa: PLR0913, PLR0917 - the parts of a step
    action: Action,
    planned: Planned,
    reason: str,
    filed: Filed | None,
    version: int,
    fingerprint: str,
    warning: str = "",
) -> Step:
    return Step(action, planned.key, reason, planned, filed, version, fingerprint, warning)


def _gone(planned: Planned, filed: Filed, fingerprint: str) -> Step:
    what = "Файл зарегистрированного документа" if filed.registered else "Файл черновика"
    told = f"{what} удалён или лежит в корзине. Верните его из корзины; если нужен новый черновик, отметьте «Подготовить новую версию»."
    return _step(Action.ASK, planned, told, filed, filed.version, fingerprint)


def _registered(planned: Planned, filed: Filed, fingerprint: str, file: File) -> Step:
    half = half_typed(filed)
    if fingerprint != filed.fingerprint:
        needed = (
            "нужен приказ о внесении изменений"
            if record.of(planned.kind).amended
            else "проверьте, не оформить ли документ заново"
        )
        told = f"Данные изменились после регистрации: {needed}. Если нужен новый черновик, отметьте «Подготовить новую версию»."
        return _step(Action.ASK, planned, f"{half} {told}".strip(), filed, filed.version, fingerprint)
    warning = (
        ""
        if file is File.OURS
        else "Файл зарегистрированного документа изменён вручную. Верните зарегистрированную редакцию: в папке на этом компьютере – nastavnik history ФАЙЛ --back НОМЕР, в Google – «История версий»."
    )
    return _step(Action.KEEP, planned, REGISTERED, filed, filed.version, fingerprint, half or warning)


def unplanned(filed: Filed, file: File) -> Step:
    """Decide about a register row that nothing calls for any more: report, never delete."""
    if filed.state in OVER:
        return Step(Action.KEEP, filed.key, filed.state, None, filed, filed.version)
    if begun(filed) and file in {File.GONE, File.NONE}:
        return Step(Action.ORPHAN, filed.key, "начатый документ больше не нужен", None, filed, filed.version)
    return Step(
        Action.ORPHAN,
        filed.key,
        WAITS.format(why=UNWANTED)
        if awaiting(filed)
        else "Дорожная карта и пары больше не требуют этого документа. Он оставлен на месте: решите, нужен ли он.",
        None,
        filed,
        filed.version,
    )


@of_the_same
def latest(register: tuple[Filed, ...]) -> Mapping[str, Filed]:
    """Return for each key the row that speaks for it: the newest living one, else the newest that was cancelled or replaced."""
    newest: dict[str, Filed] = {}
    for row in register:
        known = newest.get(row.key)
        if known is None or _weight(row) > _weight(known):
            newest[row.key] = row
    return MappingProxyType(newest)


def _weight(row: Filed) -> tuple[bool, int]:
    return row.state not in OVER, row.version


def tops(register: tuple[Filed, ...]) -> dict[str, int]:
    """Return for each key the greatest version that any of its rows has."""
    greatest: dict[str, int] = {}
    for row in register:
        greatest[row.key] = max(greatest.get(row.key, 0), row.version)
    return greatest
