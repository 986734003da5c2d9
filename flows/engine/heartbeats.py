"""On a server of the person's: a run whose heartbeat stopped becomes Crashed, by an automation that this program lays down.

A run that was killed with its machine would stay Running for good (DESIGN §9); the automation sees only runs of ours.
"""

from __future__ import annotations

from datetime import timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from flows import schedule

NAME = "nastavnik: запуск без признаков жизни"
BEGUN = frozenset(f"prefect.flow-run.{state}" for state in ("Pending", "Submitting", "Running", "heartbeat"))
ENDED = frozenset(f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed"))
STILL = timedelta(seconds=4 * schedule.HEARTBEAT)
DEAD = "Нет признаков жизни: работник остановился."


def watched() -> bool:
    """See to it that the server has the automation as it is spelt here, once; return whether it was missing or another."""
    wanted = automation()
    with get_client(sync_client=True) as client:
        known = client.read_automations_by_name(NAME)
        if len(known) == 1 and known[0].enabled and known[0].trigger == wanted.trigger:
            return False
        for each in known:
            client.delete_automation(each.id)
        client.create_automation(wanted)
    return True


def automation() -> AutomationCore:
    """Spell the automation: a run of one of our flows, begun, that for `STILL` shows neither life nor an end."""
    names = [each.name for each in schedule.DEPLOYMENTS]
    return AutomationCore(
        name=NAME,
        description="Завела команда nastavnik serve --ticks. Без неё оборванный запуск числится работающим всегда.",
        enabled=True,
        trigger=EventTrigger(
            match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
            match_related=ResourceSpecification(
                {"prefect.resource.role": "flow", "prefect.resource.name": names}
            ),
            for_each={"prefect.resource.id"},
            after=set(BEGUN),
            expect={"prefect.flow-run.heartbeat", *ENDED},
            posture=Posture.Proactive,
            threshold=1,
            within=STILL,
        ),
        actions=[ChangeFlowRunState(name="Crashed", state=StateType.CRASHED, message=DEAD, force=False)],
    )
