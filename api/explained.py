"""The addresses that problem types point to: what each means and what to do, as plain text."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from api.catalogue import catalogue
from api.dependencies import Anyone

router = APIRouter(tags=["problems"], dependencies=[Anyone])


@router.get("/problems", response_class=PlainTextResponse, operation_id="listProblems")
def list_problems() -> str:
    """List every type of problem."""
    return "\n".join(f"{each.status} /problems/{each.slug}  {each.title}" for each in catalogue())


@router.get("/problems/{slug}", response_class=PlainTextResponse, operation_id="explainProblem")
def explain_problem(slug: str) -> str:
    """Explain one type of problem."""
    for each in catalogue():
        if each.slug == slug:
            return f"{each.title} ({each.status})\n\n{each.detail}"
    raise HTTPException(404)
