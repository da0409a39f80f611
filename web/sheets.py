"""What makes the pages look as they do: our stylesheet, the icon, and the design system."""

import gzip
import os
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.exceptions import HTTPException
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from api.dependencies import Anyone
from web.dressing import dress

router = APIRouter()

FOLDER = Path(__file__).parent / "static"
SECONDS_KEPT = 600
"""How long a browser may use a stylesheet without asking: a new version is soon everywhere."""

KEPT = {"Cache-Control": f"public, max-age={SECONDS_KEPT}"}


class Static(StaticFiles):
    """The stylesheet of the house and the icon."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    def file_response(
        self, full_path: Any, stat_result: os.stat_result, *args: Any, **more: Any
    ) -> Response:
        response = super().file_response(full_path, stat_result, *args, **more)
        response.headers.update(KEPT)
        return response


@router.get("/design.css", dependencies=[Anyone])
def show_design(request: Request) -> Response:
    """Send the rules and tokens of the design system, where it was installed."""
    css = dress(request.app.state.theme)
    if css is None:
        raise HTTPException(404)
    headers = KEPT | {"Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(css, headers=headers, media_type="text/css")
    # The same for everyone, so that compressing it gives nothing away (unlike a page).
    return Response(
        _zipped(css), headers=headers | {"Content-Encoding": "gzip"}, media_type="text/css"
    )


@cache
def _zipped(css: str) -> bytes:
    return gzip.compress(css.encode(), mtime=0)
