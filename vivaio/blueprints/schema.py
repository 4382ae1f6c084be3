"""The published JSON Schema of a blueprint, put together from every room's section."""

from typing import Any

from vivaio.blueprints import later
from vivaio.calls import blueprint as calls
from vivaio.programmes import blueprint as programmes
from vivaio.publishing import blueprint as publishing
from vivaio.questionnaires import blueprint as questionnaires

DEFINITIONS: dict[str, Any] = {
    "key": {"type": "string", "pattern": "^[a-z0-9]+([_-][a-z0-9]+)*$", "maxLength": 50},
    "language": {"enum": ["it", "en", "de", "sk", "pl", "hu", "sl"]},
    "text": {
        "description": "A text in the first language, or one text per language.",
        "oneOf": [
            {"type": "string"},
            {
                "type": "object",
                "propertyNames": {"$ref": "#/$defs/language"},
                "additionalProperties": {"type": "string"},
            },
        ],
    },
    "day": {"type": "string", "format": "date"},
    "instant": {
        "description": "Local date and time in the programme's zone.",
        "type": "string",
        "format": "local-date-time",
    },
    "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
    "amount": {
        "description": "An amount of money in whole cents: write it as text, with a point.",
        "oneOf": [
            {"type": "integer", "minimum": 0},
            {"type": "string", "pattern": "^[0-9]{1,12}(\\.[0-9]{1,2})?$"},
        ],
    },
    "percentage": {
        "oneOf": [
            {"type": "integer", "minimum": 0, "maximum": 100},
            {"type": "string", "pattern": "^(100(\\.0{1,2})?|[0-9]{1,2}(\\.[0-9]{1,2})?)$"},
        ],
    },
}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:vivaio:blueprint:1",
    "title": "A Vivaio programme",
    "type": "object",
    "additionalProperties": False,
    "required": ["vivaio", "programme"],
    "properties": {
        "vivaio": {"const": 1, "description": "The version of this format."},
        "programme": programmes.SCHEMA,
        "forms": questionnaires.SCHEMA,
        "calls": calls.SCHEMA,
        "news": publishing.SCHEMA,
        **{section.name: section.schema for section in later.SECTIONS},
    },
    "$defs": DEFINITIONS | questionnaires.DEFINITIONS,
}
