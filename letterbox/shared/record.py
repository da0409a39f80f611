"""The base of every table: named constraints, times with a zone."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import DateTime, MetaData
from sqlalchemy.orm import DeclarativeBase


class Record(DeclarativeBase):
    """A row. What belongs to a citizen starts its primary key with `mailbox_id`."""

    # Named constraints make migrations reversible and error messages traceable.
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: DateTime(timezone=True)}
