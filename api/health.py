"""For machines that watch: alive, ready, and how much work waits."""

from typing import Literal

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from pydantic import BaseModel
from sqlalchemy import text

from api.dependencies import Anyone, SessionHere, SuppliesHere

router = APIRouter(tags=["health"], dependencies=[Anyone])


class HealthOut(BaseModel):
    """That is all: details are in the metrics."""

    status: Literal["ok"]


@router.get("/health/live", operation_id="showLive")
def show_live() -> HealthOut:
    """Say that the program runs."""
    return HealthOut(status="ok")


@router.get("/health/ready", operation_id="showReady")
def show_ready(session: SessionHere) -> HealthOut:
    """Say that the database answers and is up to date enough to work."""
    session.execute(text("SELECT FROM snapshots LIMIT 0"))
    return HealthOut(status="ok")


@router.get("/metrics", operation_id="showMetrics")
def show_metrics(session: SessionHere, supplies: SuppliesHere) -> Response:
    """Show the metrics of this process, and the jobs of all, for Prometheus."""
    jobs = supplies.jobs.counts(session)
    lines = ["# HELP letterbox_jobs Jobs by queue and status.", "# TYPE letterbox_jobs gauge"]
    lines += [f'letterbox_jobs{{queue="{q}",status="{s}"}} {n}' for q, s, n in jobs]
    body = generate_latest(REGISTRY) + "\n".join([*lines, ""]).encode()
    return Response(body, media_type=CONTENT_TYPE_LATEST)
