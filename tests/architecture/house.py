"""The house as these tests look at it: its files, and the routes of all its doors."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import Mount

HOUSE = Path(__file__).parents[2]
FOLDERS = ("api", "connectors", "letterbox", "runtime", "schemas", "web")


@dataclass(frozen=True)
class Door:
    """One route as the outside world knows it."""

    method: str
    path: str
    dependant: Dependant

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (HOUSE / folder).rglob("*.py"))


def name_of(module: Path) -> str:
    return str(module.relative_to(HOUSE))


def doors_of(app: FastAPI, prefix: str = "") -> Iterator[Door]:
    """Yield every route of an application and of all that is mounted in it."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute):
            yield from (
                Door(method, prefix + path_of(context), route.dependant)
                for method in sorted(route.methods or ())
            )
        elif isinstance(route, Mount) and isinstance(route.app, FastAPI):
            yield from doors_of(route.app, prefix + route.path)


def mounted_in(app: FastAPI) -> set[str]:
    """Return where other applications are mounted, at any depth."""
    mounts = [route for route in app.routes if isinstance(route, Mount)]
    inner = [mounted_in(mount.app) for mount in mounts if isinstance(mount.app, FastAPI)]
    return {mount.path for mount in mounts}.union(*inner)


def path_of(context: RouteContext) -> str:
    assert context.path is not None
    return context.path


def asked(dependant: Dependant) -> Iterator[Dependant]:
    """Yield everything a route depends on, directly or not."""
    for dependency in dependant.dependencies:
        yield dependency
        yield from asked(dependency)


def called_in(module: Path) -> set[str]:
    """Return the bare name of everything this module calls."""
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }


def named_in(module: Path) -> set[str]:
    """Return every dotted name this module mentions, and the last part of each."""
    found = {ast.unparse(node) for node in ast.walk(tree_of(module)) if _is_name(node)}
    return found | {name.rpartition(".")[2] for name in found}


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text())


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute | ast.alias)
