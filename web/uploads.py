"""Files that a citizen hands over by a form, held in memory: a letter never lies in a temporary
file in the clear."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Cookie, Depends, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from api.dependencies import Now, SuppliesHere
from api.doorstep import LARGEST_ADDED, LARGEST_REQUEST
from letterbox.people import visits
from letterbox.shared.ports import Supplies
from web.who import COOKIE, LoginNeeded, hash_of

MOST_FILES = 50
"""More than can be taken in: whoever sends a few too many hears so on the page."""


NOT_A_FORM = (MultiPartException, LookupError, ValueError)
"""What reading a form raises when it is none."""


async def form_in_memory(
    request: Request, *, most_files: int, most_fields: int, largest_field: int, largest: int
) -> FormData:
    """Read a form of which no part may lie in a temporary file.

    :param largest_field: in bytes, of a part that is no file; `largest` is what all may come to
    :raises MultiPartException, LookupError, ValueError: it is no form
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return await request.form()
    parser = MultiPartParser(
        request.headers,
        request.stream(),
        max_files=most_files,
        max_fields=most_fields,
        max_part_size=largest_field,
    )
    parser.spool_max_size = largest
    return await parser.parse()


@dataclass(frozen=True, slots=True)
class Upload:
    """What came with the form.

    :ivar proof: that the form is one of ours; not looked at yet
    """

    proof: str = ""
    files: tuple[bytes, ...] = ()


async def uploaded(
    request: Request,
    supplies: SuppliesHere,
    now: Now,
    token: Annotated[str | None, Cookie(alias=COOKIE)] = None,
) -> Upload:
    """Read the form, from someone who is logged in: strangers fill no memory here.

    :raises LoginNeeded: nobody is logged in
    """
    # A transaction of its own, over before a slow upload begins.
    if token is None or not await run_in_threadpool(_is_here, supplies, token, now):
        raise LoginNeeded(request.url.path)
    try:
        form = await form_in_memory(
            request,
            most_files=MOST_FILES,
            most_fields=MOST_FILES,
            largest_field=LARGEST_REQUEST,
            largest=LARGEST_ADDED,
        )
    except NOT_A_FORM:
        return Upload()
    try:
        return await _taken(form)
    finally:
        await form.close()


Uploaded = Annotated[Upload, Depends(uploaded)]


def _is_here(supplies: Supplies, token: str, now: Now) -> bool:
    with supplies.sessions() as reading:
        return visits.visit(reading, hash_of(supplies.keys, token), now=now) is not None


async def _taken(form: FormData) -> Upload:
    sent = [each for _, each in form.multi_items() if isinstance(each, UploadFile)]
    files = [await each.read() for each in sent]
    # A field in which no file was chosen is sent as an empty file.
    return Upload(str(form.get("proof", "")), tuple(file for file in files if file))
