"""Dressing the pages in the NL Design System: only the rules and tokens that our pages use.

`python -m web.dressing` takes the CSS that npm brought, keeps the rules for class names that
stand in a template, and lays down `web/dress/`. The design tokens of a theme (of the example
theme, or of a municipality by one setting) are cut down to those that the rules ask for.

Source: nldesignsystem.nl (the packages are under EUPL-1.2; the theme of the central government
and that of Utrecht are not, and are never taken).
"""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import tinycss2

HERE = Path(__file__).parent
DRESS = HERE / "dress"
RULES, THEME = DRESS / "rules.css", DRESS / "theme.css"

_NL, _UTRECHT = "@nl-design-system-candidate", "@utrecht/component-library-css"
ELEMENTS = tuple(
    f"{_NL}/{name}-css/dist/html/{name}.css" for name in ("heading", "paragraph", "link")
)
"""For bare elements. They go in a layer, so that a class always has the last word."""

PARTS = (
    *(f"{_NL}/{name}-css/dist/{name}.css" for name in ("button", "data-badge", "skip-link")),
    f"{_UTRECHT}/dist/index.css",
)
EXAMPLE_THEME = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"

NAME = re.compile(r"(?:nl|utrecht)-[a-z0-9_-]+")
VARIANTS = frozenset(
    {f"utrecht-alert--{kind}" for kind in ("ok", "info", "warning")}
    | {f"utrecht-form-label--{kind}" for kind in ("checkbox", "radio")}
)
"""Names that a template puts together."""

CLASS = re.compile(r"\.([a-zA-Z_][\w-]*)")
ASKED = re.compile(r"var\(\s*(--[\w-]+)")


def rules_for(names: frozenset[str], sheet: str) -> str:
    """Return the rules of a stylesheet that can apply to a page with these class names."""
    return "\n".join(_kept(tinycss2.parse_stylesheet(sheet, True, True), names))


def tokens_for(rules: str, theme: str) -> str:
    """Return the custom properties of a theme that these rules ask for, for the whole page.

    One token may ask for the next, and so on.
    """
    tokens = _declared(theme)
    asked, waiting = set[str](), ASKED.findall(rules)
    while waiting:
        name = waiting.pop()
        if name in tokens and name not in asked:
            asked.add(name)
            waiting += ASKED.findall(tokens[name])
    lines = (f"{name}:{value}" for name, value in tokens.items() if name in asked)
    return f":root{{{';'.join(lines)}}}"


def names_in_templates() -> frozenset[str]:
    """Return the class names of the design system that our templates speak of."""
    texts = (path.read_text() for path in (HERE / "templates").rglob("*.html"))
    return VARIANTS.union(*(NAME.findall(text) for text in texts))


@cache
def dress(theme: Path | None) -> str | None:
    """Return the stylesheet of the design system, or nothing where it was not installed.

    :param theme: a file with design tokens; None: the example theme
    """
    if not RULES.is_file():
        return None
    ours, rules = (HERE / "static" / "letterbox.css").read_text(), RULES.read_text()
    return tokens_for(rules + ours, (theme or THEME).read_text()) + "\n" + rules


def lay_down(packages: Path) -> None:
    """Write `web/dress/` from the packages that npm installed here."""
    names = names_in_templates()
    elements = "\n".join(_read(packages, ELEMENTS))
    parts = "\n".join(rules_for(names, sheet) for sheet in _read(packages, PARTS))
    DRESS.mkdir(exist_ok=True)
    RULES.write_text(f"@layer plain, elements;\n@layer elements {{\n{elements}\n}}\n{parts}\n")
    THEME.write_text((packages / EXAMPLE_THEME).read_text())


def _read(packages: Path, sheets: Iterable[str]) -> Iterator[str]:
    return ((packages / sheet).read_text() for sheet in sheets)


def _kept(nodes: Iterable[Any], names: frozenset[str]) -> Iterator[str]:
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword in {"media", "supports"}:
            inner = tinycss2.parse_blocks_contents(node.content, True, True)
            if kept := "\n".join(_kept(inner, names)):
                yield f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{kept}}}"
        elif node.type == "qualified-rule":
            selectors = ",".join(_matching(tinycss2.serialize(node.prelude), names))
            if selectors:
                yield f"{selectors}{{{_compact(tinycss2.serialize(node.content))}}}"


def _matching(selectors: str, names: frozenset[str]) -> Iterator[str]:
    """Return the selectors of a list of which every class may be on a page."""
    for selector in re.split(r",(?![^(]*\))", selectors):
        classes = set(CLASS.findall(re.sub(r":not\([^)]*\)", "", selector)))
        if classes and classes <= names:
            yield " ".join(selector.split())


def _declared(theme: str) -> dict[str, str]:
    found = {}
    for rule in tinycss2.parse_stylesheet(theme, True, True):
        if rule.type == "qualified-rule":
            for each in tinycss2.parse_blocks_contents(rule.content, True, True):
                if each.type == "declaration" and each.name.startswith("--"):
                    found[each.name] = tinycss2.serialize(each.value).strip()
    return found


def _compact(declarations: str) -> str:
    return " ".join(declarations.split())


if __name__ == "__main__":
    lay_down(Path(sys.argv[1] if len(sys.argv) > 1 else "node_modules"))
