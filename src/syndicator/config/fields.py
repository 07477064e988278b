"""Read a source's `headers`: further header fields of its requests, each valid as it is (RFC 9110, section 5)."""

import re
from collections.abc import Callable, Mapping

from syndicator.config.misfit import MisfitError
from syndicator.config.report import Report, Row

LONGEST = 4000
"""The most characters of a value: many hosts refuse requests of more than 8 KB."""
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_VALUE = re.compile(r"(?:[!-~](?:[ -~]*[!-~])?)?")
_TRAVEL = """
    accept-encoding connection content-encoding content-length content-type expect host http2-settings keep-alive
    proxy-connection range te trailer transfer-encoding upgrade via
"""
_OURS: Mapping[str, str] = {
    "authorization": "belongs in auth",
    "proxy-authorization": "belongs in [fetch] proxy",
    "user-agent": "is the same for all sources: see [fetch] contact",
    **dict.fromkeys(_TRAVEL.split(), "cannot be set for a source: it governs how the request is transmitted"),
}
_CONDITIONAL = "is set automatically: requests are conditional where possible"


def fields(row: Row, report: Report, secret: Callable[[Row, str, str], str]) -> tuple[tuple[str, str], ...]:
    """The name and value of each valid field.

    Args:
        row: The table `headers`.
        report: Collects the mistakes.
        secret: Looks a value up in the environment if it says so, and reports mistakes in it.
    """
    found = dict[str, tuple[str, str]]()
    for name, value in row.table.items():
        low = name.lower()
        reason = _CONDITIONAL if low.startswith("if-") else _OURS.get(low, "")
        if not _NAME.fullmatch(name):
            reason = "expected the name of a header field, such as Accept-Language"
        elif low in found:
            reason = "is given twice: case does not matter"
        elif not isinstance(value, str):
            reason = reason or "expected text in quotes"
        if reason:
            report.refuse(row, MisfitError(reason), name)
            continue
        found[low] = (name, secret(row, name, value))
        if len(found[low][1]) > LONGEST or not _VALUE.fullmatch(found[low][1]):
            report.refuse(row, MisfitError(f"expected visible ASCII characters, {LONGEST} at most"), name)
    return tuple(found.values())


def hold_secrets(table: object) -> bool:
    """Whether any value of the table `headers` comes from the environment."""
    return isinstance(table, dict) and any(isinstance(it, str) and it.startswith("env:") for it in table.values())
