"""The floor: the least that FastAPI and the same database can do for the same bytes.

No sender is recognised, nothing is checked, sealed, logged or signed, and no job is left.
"""

import os
from functools import cache
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import FastAPI, File, Form, Response
from sqlalchemy import Engine, text

from runtime.database import engine_for

app = FastAPI()


@cache
def engine() -> Engine:
    return engine_for(os.environ["LETTERBOX_DATABASE_URL"])


TABLE = "CREATE TABLE IF NOT EXISTS floor (id uuid PRIMARY KEY, letter text, document bytea)"
INSERT = text("INSERT INTO floor (id, letter, document) VALUES (:id, :letter, :document)")
LOOKS = "CREATE TABLE IF NOT EXISTS floor_looks (id uuid PRIMARY KEY, row_id uuid)"
LOOK = text("INSERT INTO floor_looks (id, row_id) VALUES (:id, :row_id)")
SELECT = text("SELECT document FROM floor WHERE id = :id")


@app.post("/letters", status_code=201)
def store(letter: Annotated[str, Form()], document: Annotated[bytes, File()]) -> dict[str, str]:
    row = {"id": uuid4(), "letter": letter, "document": document}
    with engine().begin() as connection:
        connection.execute(INSERT, row)
    return {"id": str(row["id"])}


@app.get("/documents/{row_id}")
def fetch(row_id: UUID) -> Response:
    with engine().connect() as connection:
        return Response(connection.scalar(SELECT, {"id": row_id}), media_type="application/json")


@app.get("/looks/{row_id}")
def look(row_id: UUID) -> Response:
    with engine().begin() as connection:
        connection.execute(LOOK, {"id": uuid4(), "row_id": row_id})
        return Response(connection.scalar(SELECT, {"id": row_id}), media_type="application/json")
