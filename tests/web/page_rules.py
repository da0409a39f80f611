"""What every page keeps to: strict, without script, and usable by everyone."""

from collections.abc import Mapping
from itertools import pairwise

import httpx2

from tests.web.browser import Tag, markup

POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}


def broken(pages: Mapping[str, httpx2.Response]) -> list[str]:
    """Return which pages break which rules."""
    return [
        f"{name}: {rule.__name__}"
        for name, page in pages.items()
        for rule in (
            answers_as_expected,
            has_its_headers,
            runs_nothing,
            says_what_it_is,
            has_landmarks,
            labels_every_field,
            has_no_id_twice,
            points_at_ids_that_exist,
            steps_down_one_heading_at_a_time,
            gives_a_next_step,
        )
        if not rule(page)
    ]


def answers_as_expected(page: httpx2.Response) -> bool:
    return page.status_code < 500 and page.headers["content-type"] == "text/html; charset=utf-8"


def has_its_headers(page: httpx2.Response) -> bool:
    parts = [part.split() for part in page.headers["content-security-policy"].split(";")]
    return (
        {name: values for name, *values in parts} == POLICY
        and page.headers["cache-control"] == "no-store"
        and page.headers["referrer-policy"] == "same-origin"
        and page.headers["x-content-type-options"] == "nosniff"
    )


def runs_nothing(page: httpx2.Response) -> bool:
    return not any(
        tag.name in {"script", "style", "iframe", "object"}
        or any(name.startswith("on") or name == "style" for name in tag.attributes)
        or (tag.attributes.get("href") or "").startswith(("javascript:", "http", "//"))
        for tag in markup(page).tags
    )


def says_what_it_is(page: httpx2.Response) -> bool:
    found = markup(page)
    (html,), (h1,) = found.named("html"), found.named("h1")
    title, *of_drawings = found.named("title")
    assert len(of_drawings) == len(found.named("svg"))
    return html.attributes["lang"] == "nl" and len(title.text) > 12 and bool(h1.text.strip())


def has_landmarks(page: httpx2.Response) -> bool:
    found = markup(page)
    (main,), first_link = found.named("main"), found.named("a")[0]
    one_each = len(found.named("header")) == len(found.named("footer")) == 1
    return one_each and first_link.attributes["href"] == f"#{main.attributes['id']}"


def labels_every_field(page: httpx2.Response) -> bool:
    found = markup(page)
    labels = {tag.attributes["for"] for tag in found.named("label") if tag.text.strip()}
    fields = [tag for tag in found.named("input") if tag.attributes.get("type") != "hidden"]
    return all(field.attributes.get("id") in labels for field in fields)


def has_no_id_twice(page: httpx2.Response) -> bool:
    ids = _ids(markup(page).tags)
    return len(ids) == len(set(ids))


def points_at_ids_that_exist(page: httpx2.Response) -> bool:
    tags = markup(page).tags
    pointed = [
        name
        for tag in tags
        for attribute in ("aria-describedby", "aria-labelledby", "for")
        for name in (tag.attributes.get(attribute) or "").split()
    ]
    anchors = [(tag.attributes.get("href") or "") for tag in tags if tag.name == "a"]
    return {*pointed, *(each[1:] for each in anchors if each.startswith("#"))} <= {*_ids(tags)}


def steps_down_one_heading_at_a_time(page: httpx2.Response) -> bool:
    levels = [int(tag.name[1]) for tag in markup(page).tags if tag.name in {"h1", "h2", "h3"}]
    return levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))


def gives_a_next_step(page: httpx2.Response) -> bool:
    steps = [
        tag
        for tag in markup(page).tags
        if (tag.name == "a" and "nl-button" in (tag.attributes.get("class") or "").split())
        or (tag.name == "button" and tag.attributes.get("class") != "plain")
    ]
    return bool(steps) and all(step.text.strip() for step in steps)


def _ids(tags: list[Tag]) -> list[str]:
    return [str(tag.attributes["id"]) for tag in tags if "id" in tag.attributes]
