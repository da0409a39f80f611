"""Taking a delivery apart: a JSON part and a PDF part, in any order, never on disk in the clear."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from api.doorstep import LARGEST_DELIVERY, LARGEST_REQUEST
from schemas.letters import LetterIn

BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["letter", "document"],
                    "additionalProperties": False,
                    "properties": {
                        "letter": {"$ref": "#/components/schemas/LetterIn"},
                        "document": {
                            "type": "string",
                            "format": "binary",
                            "description": "The PDF, at most 20 MB and 100 pages.",
                        },
                    },
                },
                "encoding": {
                    "letter": {"contentType": "application/json"},
                    "document": {"contentType": "application/pdf"},
                },
            }
        },
    }
}
"""What FastAPI cannot find out by itself about the body of a delivery."""


PARTS = 2


@dataclass(frozen=True, slots=True)
class Upload:
    """The two parts of a delivery."""

    letter: LetterIn
    document: bytes


async def upload(request: Request) -> Upload:
    """Read a delivery from the wire.

    :raises HTTPException: 415 when it is not multipart
    :raises RequestValidationError: a part is missing or not as described
    """
    media_type = request.headers.get("content-type", "").partition(";")[0]
    if media_type.strip().lower() != "multipart/form-data":
        raise HTTPException(415)
    parser = MultiPartParser(
        request.headers,
        request.stream(),
        max_files=PARTS,
        max_fields=PARTS,
        max_part_size=LARGEST_REQUEST,
    )
    # A letter must not lie in a temporary file: keep all of it in memory.
    parser.spool_max_size = LARGEST_DELIVERY
    try:
        form = await parser.parse()
    except (MultiPartException, LookupError, ValueError) as error:
        raise _wrong("", "not-multipart") from error
    try:
        return await _parts(form)
    finally:
        await form.close()


UploadHere = Annotated[Upload, Depends(upload)]


async def _parts(form: FormData) -> Upload:
    letter, document = form.get("letter"), form.get("document")
    if not isinstance(document, UploadFile):
        raise _wrong("document", "missing-file")
    text = await letter.read() if isinstance(letter, UploadFile) else letter
    if text is None:
        raise _wrong("letter", "missing")
    if len(form.multi_items()) > PARTS:
        # Of two letters we would have to guess which one counts.
        raise _wrong("", "too-many-parts")
    return Upload(_letter(text), await document.read())


def _letter(text: str | bytes) -> LetterIn:
    try:
        return LetterIn.model_validate_json(text)
    except ValidationError as error:
        errors = [{**each, "loc": ("letter", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(errors) from error


def _wrong(part: str, kind: str) -> RequestValidationError:
    return RequestValidationError([{"loc": (part,) if part else (), "type": kind}])
