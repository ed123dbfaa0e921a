"""jsonschema's validators for draft 7, 2019-09 and 2020-12, extended to docfx's dialect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import validators

from linters.metadata.schema import docfx_keywords, standard_keywords
from linters.metadata.schema.guards import guarded
from linters.metadata.schema.violation import Evaluation

DRAFTS: Mapping[str, Any] = {
    "http://json-schema.org/draft-07/schema": validators.Draft7Validator,
    "https://json-schema.org/draft-07/schema": validators.Draft7Validator,
    "https://json-schema.org/draft/2019-09/schema": validators.Draft201909Validator,
    "https://json-schema.org/draft/2020-12/schema": validators.Draft202012Validator,
}
DEFAULT = validators.Draft7Validator
"""docfx's draft, for schemas without ``$schema``."""


def draft_of(schema: Any) -> Any | None:
    """The stock validator class of a schema's draft; None for a draft that is not supported."""
    if not isinstance(schema, dict) or "$schema" not in schema:
        return DEFAULT
    name = str(schema["$schema"]).rstrip("#")
    return DRAFTS.get(name)


def extend(draft: Any, evaluation: Evaluation) -> Any:
    """A validator class of a draft that knows docfx's keywords.

    As in docfx, the other keywords are skipped where ``type`` fails.
    """
    known = {
        **draft.VALIDATORS,
        **standard_keywords.keywords(evaluation),
        **docfx_keywords.keywords(evaluation),
    }
    extend_validator: Any = validators.extend
    return extend_validator(draft, guarded(known, evaluation))
