"""What an address on another platform is, and which platform a label names; both from the table in `platforms.toml`.

`match` drops `www.` and its like, looks the host up in an exact set, never by substring (`evilt.me` and `t.me.evil.com`
are nobody), and takes the first rule that fits: share, invite, discussion, post, feed, other, profile.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from syndicator.model.social import LinkKind, SocialLink
from syndicator.social.table import Platform, Rule, fold_label, table

_PREFIXES = ("www.", "m.", "mobile.", "touch.")
_SHARE_SEGMENTS = frozenset({"share", "sharer", "intent", "submit", "compose", "offer", "send", "repost"})
_INVISIBLE = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
"""Characters of Unicode's category Cf: they format, and show nothing."""
_LABEL = 100  # characters; a longer text is no label
_FIELDS = 100  # query fields looked at; more is no address that a publisher prints


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A platform's name in a line of text: where it stands, and whose it is."""

    start: int
    end: int
    platform: str


def match(url: str, *, page_url: str = "") -> SocialLink | None:
    """Tell what an address on a known platform is.

    Args:
        url: Absolute.
        page_url: The article that shows it: a link that carries this address along is a share button.

    Returns:
        The link with platform, kind, handle (lower-cased only where the platform ignores case) and canonical address,
        or None when no platform has it. Whose account it is an address cannot tell: the owner is `third_party`.
    """
    parts = _split(url)
    if parts is None:
        return None
    host, path, fields = parts
    data = table()
    wrapped = fields.get(data.wrappers.get(_bare(host) + path, ""), "")
    if wrapped and (parts := _split(wrapped)) is not None:
        host, path, fields = parts
        url = wrapped
    if host not in data.hosts:
        host = _bare(host)
    handle, _, parent = host.partition(".")
    if host not in data.hosts and f"{{h}}.{parent}" in data.hosts and "://" not in host:
        host, path = f"{{h}}.{parent}", f"/{handle}{path.rstrip('/')}"
    for prefix, platform in data.hosts.get(host, ()):
        if path == prefix or path.startswith(prefix.rstrip("/") + "/"):
            return _apply(platform, url, path, fields, page_url)
    return None


def by_label(label: str) -> str:
    """The id of the platform that a label names, in any case or form («в нашем Телеграме»).

    Returns:
        `unknown` for a label that several platforms share («Новости»); an empty string when it names none, or is more
        than a label.
    """
    text = tidy(label)
    if len(text) > _LABEL or letters_left(text):
        return ""
    found = {hit.platform for hit in labels_in(text)}
    known = found - {"unknown"}
    if len(known) == 1:
        return known.pop()
    return "unknown" if found == {"unknown"} else ""


def labels_in(text: str) -> Iterator[Label]:
    """The platform names in a tidy line of text, in order."""
    data = table()
    for hit in data.label.finditer(text):
        yield Label(start=hit.start(), end=hit.end(), platform=data.labels[fold_label(hit.group())])


def letters_left(text: str, names: Iterable[str] = ()) -> int:
    """How many letters a tidy line has beside platform labels, addresses, `names` and words that say nothing."""
    data = table()
    text = " ".join(word for word in text.split() if not _is_address(word))
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE)
    text = data.filler.sub(" ", data.label.sub(" ", text))
    return sum(map(str.isalpha, text))


def tidy(text: str) -> str:
    """The text on one line, without invisible characters."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(_INVISIBLE.sub("", text).split())


def host_of(url: str) -> str:
    """The host of an absolute web address, in lower case, without `www.` and its like; empty: none."""
    parts = _split(url)
    return _bare(parts[0]) if parts else ""


def _is_address(word: str) -> bool:
    """`t.me/name`, `https://…`, `@name`."""
    host, slash, _ = word.partition("/")
    return word.startswith("@") or "://" in word or ("." in host and bool(slash))


def _split(url: str) -> tuple[str, str, dict[str, str]] | None:
    """Host (with its scheme unless that is the web's), path and query fields of an address; None: not one."""
    if "\\" in url or " " in url or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        if parts.port not in {None, 80, 443}:
            return None
        fields = dict(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:
        return None
    host = (parts.hostname or "").rstrip(".")
    if not host:
        return None
    if parts.scheme not in {"http", "https"}:
        host = f"{parts.scheme}://{host}"
    return host, _path(parts), fields


def _path(parts: SplitResult) -> str:
    """The decoded path without empty and dot segments; the hash-bang form of old single-page sites is a path, too."""
    path = parts.fragment[1:] if parts.fragment.startswith("!/") else unquote(parts.path)
    return "/" + "/".join(segment for segment in path.split("/") if segment not in {"", ".", ".."})


def _bare(host: str) -> str:
    """The host without its first `www.`, `m.`, `mobile.` or `touch.`."""
    prefix = next((prefix for prefix in _PREFIXES if host.startswith(prefix)), "")
    return host.removeprefix(prefix)


def _apply(platform: Platform, url: str, path: str, fields: dict[str, str], page_url: str) -> SocialLink:
    if _shares(path, fields, page_url):
        return _link(platform, "share", url=url)
    for rule in platform.rules:
        groups = _groups(rule, path, fields)
        if groups is None:
            continue
        handle = groups.get("h", "")
        if rule.kind == "profile" and handle.casefold() in platform.reserved:
            return _link(platform, "other", url=url)
        if platform.fold:
            handle = handle.lower()
        if not rule.canonical:
            return _link(platform, rule.kind, handle=handle, url=url)
        groups = {key: quote(value, safe="@:+-._~") for key, value in {**groups, "h": handle}.items()}
        canonical = f"https://{platform.origin}{rule.canonical.format_map(groups)}"
        return _link(platform, rule.kind, handle=handle, url=canonical)
    return _link(platform, "other", url=url)


def _shares(path: str, fields: dict[str, str], page_url: str) -> bool:
    """Whether an address hands something on: a share path with an address or a text, or this very article's address."""
    if page_url and any(page_url in value for value in fields.values()):
        return True
    return not _SHARE_SEGMENTS.isdisjoint(path.split("/")) and any(
        value and (key == "text" or value.startswith(("http://", "https://"))) for key, value in fields.items()
    )


def _groups(rule: Rule, path: str, fields: dict[str, str]) -> dict[str, str] | None:
    hit = rule.path.fullmatch(path)
    if hit is None:
        return None
    groups = hit.groupdict()
    for key, pattern in rule.query:
        value = pattern.fullmatch(fields[key]) if key in fields else None
        if value is None:
            return None
        groups |= value.groupdict()
    return groups


def _link(platform: Platform, kind: LinkKind, *, url: str, handle: str = "") -> SocialLink:
    return SocialLink(platform=platform.id, kind=kind, owner="third_party", label=platform.name, handle=handle, url=url)
