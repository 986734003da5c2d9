"""The one source of deployments: `prefect.yaml` is written from it, and `nastavnik serve` serves the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Krasnoyarsk", "Asia/Irkutsk",
    "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka",
)  # fmt: skip
MORNING, AFTER = "30 6 * * *", "50 6 * * *"


@dataclass(frozen=True, slots=True)
class Deployment:
    """A flow by its entrypoint, and when it runs: one schedule a time zone, since roadmap dates are data, not cron."""

    name: str
    entrypoint: str
    cron: str = ""
    zones: tuple[str, ...] = ()

    @property
    def schedules(self) -> list[dict[str, Any]]:
        """The schedules with stable slugs."""
        return [
            {
                "cron": self.cron,
                "timezone": zone,
                "slug": zone.rpartition("/")[2].lower(),
                "parameters": {"request": {"zone": zone}},
            }
            for zone in self.zones
        ]


DEPLOYMENTS = (
    Deployment("prepare", "flows.prepare.prepare", MORNING, ZONES),
    Deployment("monitor", "flows.monitor.monitor", AFTER, ZONES),
    Deployment("council", "flows.council.council"),
    Deployment("on-request", "flows.on_request.on_request"),
)


def as_yaml() -> str:
    """Spell the deployments as `prefect.yaml`."""
    told = {
        "name": "nastavnik",
        "pull": [
            {"prefect.deployments.steps.set_working_directory": {"directory": "{{ $NASTAVNIK_CHECKOUT }}"}}
        ],
        "deployments": [
            {
                "name": each.name,
                "entrypoint": each.entrypoint,
                "work_pool": {"name": "nastavnik"},
                "concurrency_limit": {"limit": 1, "collision_strategy": "ENQUEUE"},
                "schedules": each.schedules,
            }
            for each in DEPLOYMENTS
        ],
    }
    head = "# Написано из flows/schedule.py командой: python -m flows.schedule > prefect.yaml\n"
    return head + yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)


if __name__ == "__main__":
    print(as_yaml(), end="")
