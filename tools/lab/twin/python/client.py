"""Prefect's own client, with the variables of its environment and nothing else. The last line that it prints is JSON.

client.py sockets   which WebSockets open
client.py http      whether a plain call is answered
client.py flows     deploys the flows beside this file; one runs to its end, another is cancelled
"""

import asyncio
import json
import pathlib
import sys
import time

from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId
from prefect.deployments import run_deployment
from prefect.events import Event
from prefect.events.clients import get_events_client, get_events_subscriber
from prefect.events.filters import EventFilter
from prefect.logging.clients import get_logs_subscriber
from prefect.states import Cancelling

POOL = "slurm"


async def opened(connection, use=None) -> str:
    try:
        async with connection() as client:
            if use:
                await use(client)
        return "open"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
        return f"{type(error).__name__}: {error}"[:120]


async def sockets() -> dict:
    event = Event(event="twin", resource={"prefect.resource.id": "twin"})
    return {
        "/events/in": await opened(get_events_client, lambda client: client.emit(event)),
        "/events/out": await opened(lambda: get_events_subscriber(EventFilter())),
        "/logs/out": await opened(get_logs_subscriber),
    }


def http() -> dict:
    try:
        return {"version": get_client(sync_client=True).api_version()}
    except Exception as error:  # noqa: BLE001
        return {"refused": f"{type(error).__name__}: {error}"[:120]}


def until(client, run, wanted: str, seconds: float) -> float:
    start = time.time()
    while time.time() - start < seconds:
        if client.read_flow_run(run).state.type.value == wanted:
            return round(time.time() - start, 1)
        time.sleep(0.2)
    raise SystemExit(f"not {wanted} within {seconds} s: {client.read_flow_run(run).state}")


async def followed(run, seconds: float) -> list:
    messages = []
    only = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run]))

    async def follow():
        async with get_logs_subscriber(filter=only) as logs:
            async for log in logs:
                messages.append(log.message)
                if "twin waits" in log.message:
                    return

    try:
        await asyncio.wait_for(follow(), seconds)
    except (asyncio.TimeoutError, TimeoutError):
        pass
    return messages


def flows() -> dict:
    here = str(pathlib.Path(__file__).parent)
    for name in ("hello", "slow"):
        flow.from_source(source=here, entrypoint=f"flows.py:{name}").deploy(
            name="twin",
            work_pool_name=POOL,
            print_next_steps=False,
            ignore_warnings=True,
        )
    client = get_client(sync_client=True)
    waiting = run_deployment("slow/twin", timeout=0)
    first = run_deployment("hello/twin", timeout=0)
    messages = asyncio.run(followed(waiting.id, 90))
    until(client, waiting.id, "RUNNING", 100)
    client.set_flow_run_state(waiting.id, Cancelling())
    cancelled = until(client, waiting.id, "CANCELLED", 100)
    until(client, first.id, "COMPLETED", 100)
    return {
        "state": client.read_flow_run(first.id).state_name,
        "followed": messages,
        "cancelled": cancelled,
        "pool": client.read_work_pool(POOL).status.value,
    }


if __name__ == "__main__":
    what = sys.argv[1]
    result = asyncio.run(sockets()) if what == "sockets" else {"http": http, "flows": flows}[what]()
    print(json.dumps(result))
