"""Flows that the twin run starts through the gateway."""

import time

from prefect import flow, get_run_logger, task


@task
def greet(name: str) -> str:
    get_run_logger().info("twin greets %s", name)
    return f"hello {name}"


@flow
def hello(name: str = "worker") -> str:
    return greet(name)


@flow
def slow() -> None:
    get_run_logger().info("twin waits")
    time.sleep(300)
