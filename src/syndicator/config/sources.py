"""Turn the `[[source]]` and `[[list]]` tables into sources: each with an id, and none twice."""

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from syndicator.config.amounts import written
from syndicator.config.credentials import Secrets
from syndicator.config.fields import fields, hold_secrets
from syndicator.config.misfit import MisfitError, enumerate_choices
from syndicator.config.place import Place
from syndicator.config.report import Report, Row
from syndicator.config.schema import Shape, Vocabulary, options
from syndicator.config.source_address import Address, address, unreadable
from syndicator.model.noun import Noun, replace
from syndicator.model.settings import Schedule
from syndicator.model.source import JsonPaths, Republish, Source
from syndicator.social.previews import is_closed, preview
from syndicator.social.repeats import digest
from syndicator.text.slugs import slug

_LONGEST_ID = 64
_CLOSED = (
    'expected a public channel, such as "https://t.me/nsnfm" or "@nsnfm"; an invitation, a chat, a post or a channel'
    " for members alone cannot be read without an account"
)
_UNTOLD = (
    "needs select, which says where in the JSON the articles are, such as"
    ' select = { item = "data.items", link = "url", title = "title" }; a JSON Feed is of the kind "feed"'
)
_TELLING = ("link", "title", "summary", "content")
_FOLLOWS = {
    "sitemap": "the pages that a sitemap names are requested anyway",
    "telegram": "a channel's messages have no pages with more of them",
}
"""The kinds of sources for which `follow` has no use, each with the reason."""


class _Draft(Noun, kw_only=False):
    """A table as far as it could be read; None stands for parts whose mistakes have been reported."""

    row: Row
    settings: dict[str, Any] | None
    address: Address | None


class SourceReader(Noun, kw_only=False):
    """Reads the tables of sources and lists.

    Attributes:
        root: The configuration's folder, symlinks resolved.
        place: That folder as it was named, and the folder that it is to replace.
        vocabulary: The kinds of sources, with their options.
        shapes: The shapes of the tables.
        secrets: Reads values that may come from the environment.
        schedule: The settings with the bounds of the sources' intervals.
        report: Collects the mistakes.
    """

    root: Path
    place: Place
    vocabulary: Vocabulary
    shapes: Mapping[str, Shape]
    secrets: Secrets
    schedule: Schedule
    report: Report

    def read(self, rows: list[Row], republish: Republish = "excerpt") -> tuple[Source, ...]:
        """The sources in the order of their tables; a table with a mistake is reported and gives no source.

        Args:
            rows: The tables.
            republish: The setting `republish` of tables that do not have it.
        """
        drafts = [self._draft(row) for row in rows]
        for draft in drafts:
            if draft.settings and "republish" not in draft.row.table:
                draft.settings["republish"] = republish
        given = [(row, row.table["id"]) for row in rows if isinstance(row.table.get("id"), str)]
        self.report.unique(given, "id")
        self.report.unique(((draft.row, draft.address.same_as) for draft in drafts if draft.address), "url")
        names = _Names({name for _, name in given})
        return tuple(
            _source(draft.row, draft.settings, draft.address, names)
            for draft in drafts
            if draft.settings and draft.address
        )

    def _draft(self, row: Row) -> _Draft:
        """Read one table; all of it is checked, even if one setting is wrong."""
        is_list = row.path[0] == "list"
        channel = "" if is_list else self._channel(row)
        settings = self.report.check(self.shapes["list" if is_list else "source"], row)
        has_auth = isinstance(row.table.get("auth"), dict)
        auth = self.secrets.auth(row.below("auth"), self.shapes["auth"]) if has_auth else None
        is_table = isinstance(row.table.get("headers"), dict)
        headers = fields(row.below("headers"), self.report, self.secrets.value) if is_table else ()
        select = self._select(row)
        if settings:
            self._tell_apart(row, settings)
            if settings["interval"]:
                self._bound(row, settings["interval"])
            of_one = {"auth": auth, "headers": headers, "select": None} | select
            settings |= {"kind": "list", "auth": None, "headers": ()} if is_list else of_one
            settings |= {"kind": "telegram"} if channel else {}
            if settings["follow"] and (reason := _FOLLOWS.get(settings["kind"])):
                self.report.refuse(row, MisfitError(reason), "follow")
        return _Draft(row, settings, self._address(row, channel))

    def _tell_apart(self, row: Row, settings: dict[str, Any]) -> None:
        """Refuse each paragraph that is to be both kept and dropped."""
        kept = set(map(digest, settings["keep_lines"]))
        for index, line in enumerate(row.table["drop_lines"] if kept and settings["drop_lines"] else ()):
            if digest(line) in kept:
                misfit = MisfitError("is in keep_lines, too: case, spaces and punctuation do not matter")
                self.report.refuse(row, misfit, "drop_lines", index)

    def _bound(self, row: Row, interval: float) -> None:
        """Warn of an interval outside the schedule's bounds, which apply to all sources."""
        least, most = self.schedule.min_interval, self.schedule.max_interval
        if interval < least:
            self.report.warn(row, f'counts as "{written(least)}": [schedule] min_interval allows no less', "interval")
        if interval > most:
            self.report.warn(row, f'counts as "{written(most)}": [schedule] max_interval allows no more', "interval")

    def _channel(self, row: Row) -> str:
        """The address of the public preview of the Telegram channel that a source names; empty if it names none."""
        url, kind = row.table.get("url"), row.table.get("kind", "auto")
        if not isinstance(url, str) or not (kind == "telegram" or (kind == "auto" and "://" in url)):
            return ""
        return preview(url)

    def _address(self, row: Row, channel: str) -> Address | None:
        url = row.table.get("url")
        if not isinstance(url, str) or not url.strip():
            return None
        secret = row.table.get("private", False) is not False or "auth" in row.table
        try:
            if not channel:
                _check_channel(row, url)
            found = address(channel or url, row.file.path.parent, self.root, secret=secret)
        except MisfitError as misfit:
            self.report.refuse(row, misfit, "url")
            return None
        if channel:
            return replace(found, name=channel.removeprefix("https://").replace("/s/", "/"))
        if found.file and (trouble := unreadable(found.file)):
            self.report.warn(row, f"the file {'' if secret else f'{found.file} '}{trouble}", "url")
        if found.file and self.place.here != self.place.home:
            url = self.place.at_home(found.file).as_uri()
            return replace(found, url=url, same_as=url)
        return found

    def _select(self, row: Row) -> dict[str, object]:
        """The options of the source's kind, by the field of the source that takes them."""
        kinds = self.vocabulary.kinds
        kind = row.table.get("kind", "auto")
        if row.path[0] == "list" or not isinstance(kind, str) or kind not in kinds:
            return {}  # an unknown setting or an unknown kind, which is reported with the table
        model, select = kinds[kind], row.table.get("select")
        if model is JsonPaths and "select" not in row.table:
            self.report.refuse(row, MisfitError(_UNTOLD), "kind")
        if not isinstance(select, dict):
            return {}
        if model is None:
            able = enumerate_choices(name for name, model in kinds.items() if model)
            self.report.refuse(
                row, MisfitError(f'belongs to sources with kind = {able}; this one\'s is "{kind}"'), "select"
            )
            return {}
        settings = self.report.check(options(model), row.below("select"))
        if settings is None or model is not JsonPaths:
            return {} if settings is None else {"select": model(**settings)}
        if not any(settings[name] for name in _TELLING):
            self.report.refuse(
                row, MisfitError(f"names none of {', '.join(_TELLING)}, so nothing would be read"), "select"
            )
        return {"paths": model(**settings)}


def _check_channel(row: Row, url: str) -> None:
    """Check an address that may be meant for Telegram.

    Raises:
        MisfitError: It is meant for Telegram, but names no channel that anybody can read without an account.
    """
    kind, is_list = row.table.get("kind", "auto"), row.path[0] == "list"
    guessed = kind == "auto" and not is_list
    if (kind == "telegram" and not url.lower().startswith("file:")) or (guessed and is_closed(url)):
        raise MisfitError(_CLOSED)
    if not is_list and url.startswith("@") and preview(url):
        raise MisfitError('expected an http:, https: or file: address; a Telegram channel needs kind = "telegram"')


class _Names:
    """Gives ids to sources; an id that is taken gets a number behind it: -2, -3."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._counts: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        name = wanted
        while name in self._taken:
            self._counts[wanted] = self._counts.get(wanted, 1) + 1
            suffix = f"-{self._counts[wanted]}"
            name = wanted[: _LONGEST_ID - len(suffix)] + suffix
        self._taken.add(name)
        return name


def _source(row: Row, settings: dict[str, Any], address: Address, names: _Names) -> Source:
    doubtful = address.private or hold_secrets(row.table.get("headers"))
    implied = address.personal or settings["auth"] is not None or (doubtful and "private" not in row.table)
    private = settings["private"] or implied
    name = settings["id"] or names.take(_default_id(address, private=private))
    return Source(**settings | {"id": name, "url": address.url, "private": private})


def _default_id(address: Address, *, private: bool) -> str:
    """An id made from host and path; if the address is private, one that reveals nothing of it."""
    if private:
        return "private-" + blake2b(address.url.encode(), digest_size=3).hexdigest()
    return slug(address.name) or "source"
