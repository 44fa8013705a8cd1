"""Personal values in the record: kept out of the chain when they are recorded, and erased when a person asks."""

from collections.abc import Mapping
from typing import Any

from portal.services import audit

FIELDS: Mapping[str, frozenset[str]] = {
    "seat": frozenset({"role"}),
    "working_group": frozenset({"chair"}),
    "claim": frozenset({"speaker"}),
    "decision": frozenset({"stated_by"}),
}
"""The columns of each table that may hold a person's name."""

DETAILS = frozenset({"asserted_by", "reported_by", "sender", "recipient"})
"""The details of an event that may."""

QUOTES = frozenset({"speaker"})
"""What may of a quotation of a demand."""


def conceal_row(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of a row as the chain may hold it: what may be a name is kept beside it, under its digest.

    ``content`` is what ``register_rows.Row.content`` returns. What is kept is the canonical text of the field's value
    (``audit.canonical``). The entry that holds the result must be the next one that the transaction appends.
    """
    values = {name: _concealed(content["table"], name, value) for name, value in content["values"].items()}
    return {**content, "values": values, "children": [conceal_row(child) for child in content["children"]]}


def _concealed(table: str, name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in FIELDS.get(table, ()):
        return _kept(value)
    if table == "event" and name == "details":
        return {key: _kept(each) if key in DETAILS and each is not None else each for key, each in value.items()}
    if table == "demand" and name == "quotes":
        return [
            {key: _kept(each) if key in QUOTES and each is not None else each for key, each in quote.items()}
            for quote in value
        ]
    return value


def _kept(value: object) -> dict[str, str]:
    return {"personal": audit.conceal(audit.canonical(value))}
