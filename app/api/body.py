"""What every body on the wire is made of."""

from typing import Any

from pydantic import BaseModel, ConfigDict


def _dutch_only(schema: dict[str, Any]) -> None:
    """Keep English docstrings and the titles made of field names out of the Dutch description of the interface."""
    schema.pop("description", None)
    for field in schema.get("properties", {}).values():
        field.pop("title", None)


class Body(BaseModel):
    """A body on the wire; built by field name, read by Dutch or field name, always written in Dutch."""

    model_config = ConfigDict(
        frozen=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        json_schema_extra=_dutch_only,
    )
