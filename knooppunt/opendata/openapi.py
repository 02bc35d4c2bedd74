"""Describes the open data for machines (OpenAPI 3.1), made from the same tables that are served."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from knooppunt.core.release import RELEASE
from knooppunt.directory.exports import TABLES, Table


def document() -> dict[str, Any]:
    """The description: two addresses per table, and one for everything."""
    paths: dict[str, Any] = {}
    for table in TABLES:
        paths[f"/open/{table.name}.json"] = _get(
            str(table.meaning), {"$ref": f"#/components/schemas/{table.name}"}
        )
        paths[f"/open/{table.name}.csv"] = _get(str(table.meaning), {"type": "string"}, "text/csv")
    paths["/open/register.json"] = _get("register", {"type": "object"})
    paths["/open/dictionary.json"] = _get("dictionary", {"type": "object"})
    return {
        "openapi": "3.1.0",
        "info": {"title": settings.COALITION.name, "version": RELEASE},
        "paths": paths,
        "components": {"schemas": {table.name: _schema(table) for table in TABLES}},
    }


def _get(summary: str, schema: dict[str, Any], media: str = "application/json") -> dict[str, Any]:
    return {
        "get": {
            "summary": summary,
            "responses": {"200": {"description": "OK", "content": {media: {"schema": schema}}}},
        }
    }


def _schema(table: Table) -> dict[str, Any]:
    columns = {column.name: {"description": str(column.meaning)} for column in table.columns}
    row = {"type": "object", "properties": columns, "required": list(columns)}
    return {
        "type": "object",
        "required": ["table", "rows"],
        "properties": {
            "table": {"const": table.name},
            "meaning": {"type": "string"},
            "rows": {"type": "array", "items": row},
        },
    }
