"""Loads a schema's text into a validator; a bad schema is a UserError."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urljoin

from linters.article.text.lines import line_of
from linters.metadata.schema.custom_rules import CustomRule, read_rules
from linters.metadata.schema.source import SchemaSource
from linters.metadata.schema.stock_errors import as_violations
from linters.metadata.schema.subschemas import mark_false, subschemas
from linters.metadata.schema.violation import BudgetError, Evaluation, Violation
from linters.model.errors import UserError
from linters.repository.json_reader import read_json
from linters.util.patterns import PatternTimeout

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
MAX_VALUES = 50_000
"""Values of a schema, those of the files that it refers to included; jsonschema checks some
20,000 a second."""
_MAX_MIXED = 1000
_KNOWN_URIS = ("http://json-schema.org/", "https://json-schema.org/")


@dataclass(slots=True)
class Schema:
    """A loaded schema."""

    name: str
    root: Mapping[str, Any]
    _validator: Any
    _evaluation: Evaluation
    properties: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[tuple[str, str], CustomRule] = field(default_factory=dict)
    _failure: str | None = None

    def violations(self, instance: Any, now: datetime) -> Iterator[Violation]:
        """What an instance violates; UserError where the schema cannot be evaluated."""
        if self._failure is not None:
            raise UserError(self._failure)
        self._evaluation.start(now)
        try:
            for error in self._validator.iter_errors(instance):
                yield from as_violations(error)
        except BudgetError:
            self._failure = f"{self.name}: evaluating its $refs takes too many steps"
        except RecursionError:
            self._failure = f"{self.name}: a $ref refers to itself endlessly"
        except PatternTimeout as error:
            self._failure = f"{self.name}: {error}"
        except Exception as error:
            from referencing.exceptions import Unresolvable

            if not isinstance(error, Unresolvable):
                raise
            self._failure = f"{self.name}: $ref {_shown(error)} cannot be resolved"
        if self._failure is not None:
            raise UserError(self._failure)

    def try_out(self) -> None:
        """Evaluate the schema once; UserError where that is not possible."""
        for _ in self.violations({}, datetime.now(UTC)):
            pass


@lru_cache(maxsize=64)
def load_schema(source: SchemaSource) -> Schema:
    """The schema of a source; UserError says what is wrong with it."""
    try:
        return _load(source)
    except RecursionError:
        raise UserError(f"{source.name}: nested too deeply") from None


def _load(source: SchemaSource) -> Schema:
    if source.bundled:
        return _load_bundled(source)
    from jsonschema.exceptions import SchemaError
    from referencing import Registry

    from linters.metadata.schema.docfx_metaschema import complaints
    from linters.metadata.schema.validator import DEFAULT, draft_of, extend

    roots = {uri: parse_schema(uri, text) for uri, text in source.texts}
    root = roots[source.name]
    draft = draft_of(root)
    if draft is None:
        raise UserError(f"{source.name}: {root['$schema']} is not supported")
    if sum(sum(1 for _ in _values(each)) for each in roots.values()) > MAX_VALUES:
        raise UserError(f"{source.name}: more than {MAX_VALUES:,} values in all its files")
    for uri, schema in roots.items():
        _refuse_mixed(uri, schema)
        draft_class = draft_of(schema) or DEFAULT
        try:
            draft_class.check_schema(_lenient(schema), format_checker=_no_formats())
        except SchemaError as error:
            where = "/".join(map(str, error.absolute_path))
            raise UserError(f"{uri}: not a JSON Schema at /{where}: {error.message}") from error
        for complaint in complaints(schema):
            raise UserError(f"{uri}: {complaint}")
    prepared = {address_of(uri): _prepare(s, uri) for uri, s in roots.items()}
    for schema in prepared.values():
        mark_false(schema, items="2020" not in draft.__name__)
    evaluation = Evaluation()
    resources = [(uri, _resource(draft, schema)) for uri, schema in prepared.items()]
    resources += [
        (schema["$id"], _resource(draft, schema))
        for schema in prepared.values()
        if isinstance(schema, dict) and isinstance(schema.get("$id"), str)
    ]
    registry: Any = Registry().with_resources(resources).crawl()
    own = prepared[address_of(source.name)]
    validator = extend(draft, evaluation)(own, registry=registry)
    _check_references(source.name, own, validator)
    return _schema(source.name, own, validator, evaluation)


def _load_bundled(source: SchemaSource) -> Schema:
    from linters.metadata.schema.bundled_validator import BundledValidator

    root = parse_schema(source.name, dict(source.texts)[source.name])
    for schema in root["properties"].values():
        if source.date_formats and "dateFormat" in schema:
            schema["dateFormat"] = list(source.date_formats)
    evaluation = Evaluation()
    return _schema(source.name, root, BundledValidator(root, evaluation), evaluation)


def _schema(name: str, root: Any, validator: Any, evaluation: Evaluation) -> Schema:
    mapping = root if isinstance(root, dict) else {}
    properties = mapping.get("properties", {})
    return Schema(name, mapping, validator, evaluation, properties, read_rules(name, mapping))


def parse_schema(name: str, text: str) -> Any:
    """The JSON of a schema's text; UserError where it is not JSON."""
    document = read_json(text, MAX_VALUES)
    if document.problem is not None:
        line = line_of(text, document.problem.offset)
        raise UserError(f"{name}: line {line}: {document.problem.message}")
    root = document.root.value if document.root else None
    if not isinstance(root, dict | bool):
        raise UserError(f"{name}: a schema is an object, true or false")
    return root


def _values(root: Any) -> Iterator[Any]:
    """Every value in a JSON value, in no particular order."""
    pending = [root]
    while pending:
        value = pending.pop()
        yield value
        if isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, list):
            pending += value


def _refuse_mixed(name: str, root: Any) -> None:
    """UserError for a long list of keys with other values: jsonschema compares each two."""
    for holder in _values(root):
        for keyword in ("required", "type", "dependencies", "dependentRequired"):
            value = holder.get(keyword) if isinstance(holder, dict) else None
            lists: Iterable[Any] = value.values() if isinstance(value, dict) else (value,)
            for keys in lists:
                is_long = isinstance(keys, list) and len(keys) > _MAX_MIXED
                if is_long and not all(isinstance(key, str) for key in keys):
                    raise UserError(f"{name}: {keyword}: a list of keys has other values")


def references(name: str, text: str) -> Iterator[str]:
    """The ``$ref``s of a schema's text that name other files."""
    for schema in subschemas(parse_schema(name, text)):
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference and not reference.startswith("#"):
            if _SCHEME.match(reference) and not reference.startswith(_KNOWN_URIS):
                raise UserError(f"{name}: $ref {reference!r}: remote schemas are not fetched")
            if not _SCHEME.match(reference):
                yield reference


def _no_formats() -> Any:
    from jsonschema import FormatChecker

    return FormatChecker(formats=())


def _lenient(root: Any) -> Any:
    """The schema without what docfx tolerates and the drafts' own schemas do not."""
    for schema in subschemas(root):
        if isinstance(schema, dict):
            if schema.get("multipleOf") == 0:
                del schema["multipleOf"]
            empty = [key for key, value in schema.items() if value is None and key != "const"]
            for keyword in empty:
                del schema[keyword]
    return root


def address_of(name: str) -> str:
    """The URI of a root-relative file: references and anchors need an absolute one."""
    return "file:///" + quote(name)


def _shown(error: Any) -> str:
    """The unresolvable reference, as its author wrote it."""
    return repr(unquote(str(error.ref).removeprefix("file:///")))


def _prepare(root: Any, name: str) -> Any:
    """With an absolute ``$id``.

    Also removes ``$schema``, which would select jsonschema's own validators below a $ref.
    """
    if isinstance(root, dict):
        identity = root.get("$id")
        root["$id"] = urljoin(address_of(name), identity if isinstance(identity, str) else "")
    for schema in subschemas(root):
        if isinstance(schema, dict):
            schema.pop("$schema", None)
    return root


def _resource(draft: Any, root: Any) -> Any:
    from referencing.jsonschema import DRAFT7, DRAFT201909, DRAFT202012

    name = draft.__name__
    specification = DRAFT202012 if "2020" in name else DRAFT201909 if "2019" in name else DRAFT7
    return specification.create_resource(root)


def _check_references(name: str, root: Any, validator: Any) -> None:
    from referencing.exceptions import Unresolvable

    for schema in subschemas(root):
        reference = schema.get("$ref")
        if isinstance(reference, str):
            try:
                validator._resolver.lookup(reference)
            except Unresolvable as error:
                raise UserError(f"{name}: $ref {reference!r} cannot be resolved") from error
