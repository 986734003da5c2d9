"""A run's page in Prefect: its name, tags, last word, and an artifact of counts, links and findings by code; nobody's name."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prefect import runtime
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import get_client
from prefect.states import Completed, Failed
from prefect.utilities.urls import url_for

from flows import telling, telling_district
from flows.domain.district.returns import Unreached
from flows.domain.register.life import Action
from flows.russian.words import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from prefect.client.schemas.objects import State

    from flows.work import Made, Report
    from flows.work.district.run import DistrictReport, Visit

MOST_LINKS = 200
RAISED = "exception: "


@dataclass(frozen=True, slots=True)
class Share:
    """How the run of one organisation ended: whether well, in what words, and which run it was."""

    slug: str
    ready: bool
    words: str
    run: UUID | None = None


def name() -> str:
    """Name a run by what it does, for whom and on which day."""
    request = runtime.flow_run.parameters.get("request")
    told = (
        request
        if isinstance(request, dict)
        else {key: getattr(request, key, "") for key in ("organisation", "zone", "today")}
    )
    whom = told.get("organisation") or told.get("zone") or "все"
    day = told.get("today") or runtime.flow_run.scheduled_start_time
    return f"{runtime.flow_run.flow_name} {whom} {str(day)[:10]}"


def tag(*told: str) -> None:
    """Tag this run with its organisation or zone; a page without tags stops no work."""
    with suppress(Exception), get_client(sync_client=True) as client:
        client.update_flow_run(
            runtime.flow_run.id, tags=sorted({*runtime.flow_run.tags, *filter(None, told)})
        )


def closed(reports: Sequence[Report], failed: Mapping[str, str]) -> State[Any]:
    """Give the state a run ends in, with every report in it: those that failed stand among the others and are named."""
    everything = [*reports, *(telling.unable(slug, why) for slug, why in failed.items())]
    with suppress(Exception):
        create_markdown_artifact(
            markdown(everything), key="report", description="Что сделано, ссылки и замечания"
        )
    said = words(reports, failed)
    return Failed(message=said, data=everything) if failed else Completed(message=said, data=everything)


def of_district(done: DistrictReport) -> State[Any]:
    """Give the state a walk over a district ends in: how many sent data, who did not, with why by the word of «⚙ Доступ»."""
    lines = [
        "| Организация | Данные |",
        "|---|---|",
        *(f"| {each.member.slug} | {_reached(each)} |" for each in done.visits),
    ]
    with suppress(Exception):
        create_markdown_artifact(
            "\n".join([*lines, "", markdown([done.own])]),
            key="district",
            description="Кто прислал данные и что сделано",
        )
    return Completed(message=f"{telling_district.total(done)} {words([done.own], {})}", data=done)


def _reached(visit: Visit) -> str:
    if visit.came is None:
        return "не участвует"
    return visit.came.reach.value if isinstance(visit.came, Unreached) else "есть"


def words(reports: Sequence[Report], failed: Mapping[str, str]) -> str:
    """Say in a line what a run did, by counts and codes of organisations."""
    made = sum(len(each.made) for each in reports)
    stops = sum(len(each.stops) for each in reports)
    said = f"Организаций: {len(reports)}, документов сделано: {made}, стоп: {stops}."
    return said + _unready(failed)


def _unready(failed: Mapping[str, str]) -> str:
    """Name those that failed, and why where it is one; nothing of none."""
    if not failed:
        return ""
    reason = f" {next(iter(failed.values()))}" if len(failed) == 1 else ""
    return f" Не подготовлены: {', '.join(failed)}.{reason}"


def why(slug: str, message: str) -> str:
    """Take out of a failed run's last word why: after the name of its organisation, or after that of the exception."""
    if RAISED in message:
        return message.partition(RAISED)[2].partition(": ")[2]
    return message.partition(f": {slug}. ")[2] or message


def gathered(shares: Sequence[Share]) -> State[Any]:
    """Give the state in which a run ends whose organisations had runs of their own: how many are ready, who is not and why."""
    failed = {each.slug: each.words for each in shares if not each.ready}
    said = f"Организаций: {len(shares)}, готово: {len(shares) - len(failed)}.{_unready(failed)}"
    with suppress(Exception):
        create_markdown_artifact(
            table_of(shares), key="district", description="Организации: у каждой свой запуск"
        )
    return Failed(message=said) if failed else Completed(message=said)


def table_of(shares: Sequence[Share]) -> str:
    """Spell how the runs ended as a page: those not ready first, each with a link to its run where the address is known."""
    lines = ["| Организация | Итог | Что сказано |", "|---|---|---|"]
    for each in sorted(shares, key=lambda share: share.ready):
        link = url_for("flow-run", obj_id=each.run) if each.run else None
        slug = f"[{each.slug}]({link})" if link else each.slug
        lines.append(f"| {slug} | {'готово' if each.ready else 'не готово'} | {each.words} |")
    return "\n".join(lines)


def markdown(reports: Sequence[Report]) -> str:
    """Spell what a run did as a page: a row an organisation, links by key, findings by code."""
    lines = ["| Организация | Сделано | Шаги | Замечания |", "|---|---|---|---|"]
    for each in reports:
        steps = Counter(step.action for step in each.steps)
        told = ", ".join(f"{action.value} — {steps[action]}" for action in Action if steps[action])
        lines.append(
            f"| {each.organisation} | {len(each.made)} | {told or '—'} | {count(len(each.problems), 'замечание')} |"
        )
    papers = [_linked(paper) for each in reports for paper in each.made]
    if papers:
        lines += ["", "Документы:", "", *(f"- {paper}" for paper in papers[:MOST_LINKS])]
    if len(papers) > MOST_LINKS:
        lines.append(f"- и ещё {len(papers) - MOST_LINKS}")
    codes = Counter((str(problem.severity), problem.code) for each in reports for problem in each.problems)
    if codes:
        lines += [
            "",
            "Замечания по видам:",
            "",
            *(f"- {weight} `{code}` — {number}" for (weight, code), number in sorted(codes.items())),
        ]
    return "\n".join(lines)


def _linked(paper: Made) -> str:
    """Link a paper by its key; a link into a folder of this computer spells names of people and is left out."""
    return f"[{paper.key}]({paper.link})" if paper.link.startswith("https://") else paper.key
