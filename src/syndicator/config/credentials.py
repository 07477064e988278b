"""Read the credentials of sources and of the operator's pages; each value may come from the environment."""

import re
from collections.abc import Mapping

from syndicator.config.misfit import MisfitError
from syndicator.config.report import Report, Row
from syndicator.config.schema import Shape
from syndicator.model.noun import Noun
from syndicator.model.source import Auth

_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # stands for a byte of the environment that is not UTF-8
_VISIBLE = re.compile(r"[!-~]+")


class Secrets(Noun, kw_only=False):
    """Reads values that may come from the environment.

    Attributes:
        environment: The variables for values such as "env:NAME"; None if these are not to be looked up, but taken as
            they are.
        report: Collects the mistakes.
    """

    environment: Mapping[str, str] | None
    report: Report

    def value(self, row: Row, key: str, value: str) -> str:
        """The value of a user name, password, token or header field, looked up in the environment if it says so."""
        prefix, _, name = value.partition("env:")
        if not prefix and name and self.environment is not None:
            value = self.environment.get(name, "")
            if not value:
                shown = name if _VARIABLE.fullmatch(name) else "of that name"
                self.report.refuse(row, MisfitError(f"the environment has no variable {shown}, or it is empty"), key)
        if _SURROGATE.search(value):
            self.report.refuse(row, MisfitError("the variable's value is not UTF-8"), key)
            return ""
        if _CONTROL.search(value):
            self.report.refuse(row, MisfitError("holds a line break or another control character"), key)
        return value

    def auth(self, row: Row, shape: Shape) -> Auth | None:
        """The credentials of a source; None if a mistake in them was reported."""
        auth = self._auth(row, shape)
        if auth is None:
            return None
        written = {key for key, value in row.table.items() if value}
        if ("bearer" in written) == ("username" in written) or {"password", "bearer"} <= written:
            self.report.refuse(row, MisfitError("expected username and password, or bearer alone"))
        elif auth.bearer and not _VISIBLE.fullmatch(auth.bearer):
            self.report.refuse(row, MisfitError("expected a token of ASCII characters without spaces"), "bearer")
        return auth

    def operator(self, row: Row, shape: Shape) -> Auth | None:
        """The credentials for the operator's pages; None if a mistake in them was reported."""
        auth = self._auth(row, shape)
        if auth is not None and not ("username" in row.table and "password" in row.table):
            self.report.refuse(row, MisfitError("expected username and password"))
        return auth

    def _auth(self, row: Row, shape: Shape) -> Auth | None:
        settings = self.report.check(shape, row)
        auth = Auth(
            **{key: self.value(row, key, it) for key, it in row.table.items() if key in shape and isinstance(it, str)}
        )
        if ":" in auth.username:
            self.report.refuse(row, MisfitError("a user name cannot hold a colon (RFC 7617, section 2)"), "username")
        return None if settings is None else auth
