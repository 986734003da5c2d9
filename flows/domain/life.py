"""The life of a paper: what becomes of each key, by the one table of DESIGN §3."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.domain.model import Filed, Planned

INTENDED, DRAFT, REVIEWED, SIGNED, REGISTERED, REPLACED, CANCELLED = (
    "создаётся", "проект", "на проверке", "подписан", "зарегистрирован", "заменён", "отменён",
)  # fmt: skip
OVER = frozenset({REPLACED, CANCELLED})


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


def decide(planned: Planned, fingerprint: str, filed: Filed | None, file: File, *, again: bool = False) -> Step:
    """Apply the table to a planned paper; `again` is the tick «Подготовить новую версию»."""
    if filed is None:
        return _step(Action.CREATE, planned, "документа ещё нет", None, 1, fingerprint)
    if filed.state == INTENDED:
        return _step(Action.CREATE, planned, "начат прошлым запуском и не закончен", filed, filed.version, fingerprint)
    if again:
        return _step(Action.CREATE, planned, "новая версия по галочке", filed, filed.version + 1, fingerprint)
    if file is File.GONE:
        return _gone(planned, filed, fingerprint)
    life = _registered if filed.registered else _draft
    return life(planned, filed, fingerprint, file, changed=fingerprint != filed.fingerprint)


def _draft(planned: Planned, filed: Filed, fingerprint: str, file: File, *, changed: bool) -> Step:
    if not changed:
        why = "изменений нет" if file is File.OURS else "исправлен вручную, данные не изменились"
        return _step(Action.KEEP, planned, why, filed, filed.version, fingerprint)
    if file is File.OURS:
        return _step(Action.RENEW, planned, "данные или шаблон изменились", filed, filed.version, fingerprint)
    return _step(Action.CREATE, planned, "данные изменились, а черновик исправлен вручную: новая версия рядом", filed, filed.version + 1, fingerprint)


def _step(action: Action, planned: Planned, reason: str, filed: Filed | None, version: int, fingerprint: str, warning: str = "") -> Step:  # noqa: PLR0913, PLR0917 - the parts of a step
    return Step(action, planned.key, reason, planned, filed, version, fingerprint, warning)


def _gone(planned: Planned, filed: Filed, fingerprint: str) -> Step:
    what = "Файл зарегистрированного документа" if filed.registered else "Файл черновика"
    told = f"{what} удалён или лежит в корзине. Верните его из корзины; если нужен новый черновик, отметьте «Подготовить новую версию»."
    return _step(Action.ASK, planned, told, filed, filed.version, fingerprint)


def _registered(planned: Planned, filed: Filed, fingerprint: str, file: File, *, changed: bool) -> Step:
    if changed:
        told = "Данные изменились после регистрации: нужен приказ о внесении изменений. Если нужен новый черновик, отметьте «Подготовить новую версию»."
        return _step(Action.ASK, planned, told, filed, filed.version, fingerprint)
    warning = "" if file is File.OURS else "Файл зарегистрированного документа изменён. Верните прежнюю редакцию из истории версий."
    return _step(Action.KEEP, planned, "зарегистрирован", filed, filed.version, fingerprint, warning)


def unplanned(filed: Filed, file: File) -> Step:
    """Decide about a register row that nothing calls for any more: report, never delete."""
    if filed.state == INTENDED and file in {File.GONE, File.NONE}:
        return Step(Action.ORPHAN, filed.key, "начатый документ больше не нужен", None, filed, filed.version)
    return Step(Action.ORPHAN, filed.key, "Дорожная карта и пары больше не требуют этого документа. Он оставлен на месте: решите, нужен ли он.", None, filed, filed.version)


def latest(register: tuple[Filed, ...]) -> dict[str, Filed]:
    """Return for each key its newest row that is neither replaced nor cancelled."""
    newest: dict[str, Filed] = {}
    for row in register:
        known = newest.get(row.key)
        if row.state not in OVER and (known is None or row.version > known.version):
            newest[row.key] = row
    return newest
