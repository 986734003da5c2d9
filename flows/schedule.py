"""The one source of deployments: `prefect.yaml` is written from it, and `nastavnik serve` serves the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Krasnoyarsk", "Asia/Irkutsk",
    "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka",
)  # fmt: skip
MORNING, AFTER, GATHERED = "30 6 * * *", "50 6 * * *", "10 7 * * *"
POOL, HEARTBEAT = "nastavnik", 30
# What a worker's processes begin with: a heartbeat often enough that a lost run is known in minutes, and nothing laid down.
AT_WORK = {
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT),
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "DO_NOT_TRACK": "1",
}


@dataclass(frozen=True, slots=True)
class Deployment:
    """A flow by its entrypoint, and when it runs: one schedule a time zone, since roadmap dates are data, not cron.

    No limit of concurrency: a run that was killed would hold its place for good. The workbook's lease guards.
    """

    name: str
    entrypoint: str
    cron: str = ""
    over_others: bool = False
    """It is a district's: at home it has an hour only where a district is."""

    def schedules(self, zones: Iterable[str], home: str = "") -> list[dict[str, Any]]:
        """Give a schedule for each zone with a stable slug; `home` is the mark of the home that its runs are for."""
        if not self.cron:
            return []
        mark = {"home": home} if home else {}
        return [
            {
                "cron": self.cron,
                "timezone": zone,
                "slug": slug(zone),
                "parameters": {"request": {"zone": zone, **mark}},
            }
            for zone in zones
        ]


def slug(zone: str) -> str:
    """Spell a zone as a schedule's slug."""
    return re.sub(r"[^a-z0-9]+", "-", zone.rpartition("/")[2].lower()).strip("-")


DEPLOYMENTS = (
    Deployment("prepare", "flows.prepare.prepare", MORNING),
    Deployment("monitor", "flows.monitor.monitor", AFTER),
    Deployment("municipality", "flows.municipality.municipality", GATHERED, over_others=True),
    Deployment("council", "flows.council.council"),
    Deployment("on-request", "flows.on_request.on_request"),
)


def flow_of(name: str) -> Any:
    """Import the flow that a deployment runs, by its name; `StopIteration` when there is no such deployment."""
    entrypoint = next(each.entrypoint for each in DEPLOYMENTS if each.name == name)
    module, _, function = entrypoint.rpartition(".")
    return getattr(import_module(module), function)


def as_yaml() -> str:
    """Spell the deployments as `prefect.yaml`."""
    told = {
        "name": "nastavnik",
        "pull": [],
        "deployments": [
            {
                "name": each.name,
                "entrypoint": each.entrypoint,
                "work_pool": {"name": POOL, "job_variables": {"env": dict(AT_WORK)}},
                "schedules": each.schedules(ZONES),
            }
            for each in DEPLOYMENTS
        ],
    }
    head = "# Написано из flows/schedule.py командой: python -m flows.schedule > prefect.yaml\n"
    return head + yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)


if __name__ == "__main__":
    print(as_yaml(), end="")
