"""Wraps keywords: counts steps, and skips them where ``type`` fails, as docfx does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from typing import Any

from linters.metadata.schema.docfx_keywords import Errors, Keyword
from linters.metadata.schema.violation import Evaluation


def guarded(keywords: Mapping[str, Keyword], evaluation: Evaluation) -> dict[str, Keyword]:
    """The keywords by name, each guarded."""
    return {
        name: _counted(function, evaluation) if name == "type" else _guarded(function, evaluation)
        for name, function in keywords.items()
    }


def _counted(function: Keyword, evaluation: Evaluation) -> Keyword:
    @wraps(function)
    def keyword(validator: Any, value: Any, instance: Any, schema: Any) -> Errors:
        evaluation.enter()
        try:
            yield from function(validator, value, instance, schema) or ()
        finally:
            evaluation.leave()

    return keyword


def _guarded(function: Keyword, evaluation: Evaluation) -> Keyword:
    @wraps(function)
    def keyword(validator: Any, value: Any, instance: Any, schema: Any) -> Errors:
        types = schema.get("type")
        evaluation.enter()
        try:
            if types is not None:
                names = [types] if isinstance(types, str) else types
                if not any(validator.is_type(instance, name) for name in names):
                    return
            yield from function(validator, value, instance, schema) or ()
        finally:
            evaluation.leave()

    return keyword
