"""What an address on another platform is (profile, post, share button, …), by the table in `platforms.toml`.

`match` drops `www.` and similar prefixes, looks the host up in an exact set, never by substring (`evilt.me` and
`t.me.evil.com` belong to no platform), and takes the first rule that fits, in the order share, invite, discussion,
post, feed, other, profile. `key` is equal for two links that lead to the same place; `feed_of` gives the address of the
feed that the platform has for a profile.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, unquote

from syndicator.model.social import LinkKind, SocialLink
from syndicator.social.addresses import Address, carried, host_in, is_public, take_apart
from syndicator.social.table import LANGUAGE, Platform, Rule, compiled, fold_label, table
from syndicator.text.carriers import REDIRECTORS, bare
from syndicator.text.urls import canonical

PRESENT = frozenset[LinkKind]({"profile", "invite", "feed"})
"""The kinds of links that show where somebody is present on a platform."""
DISCUSSED = frozenset[LinkKind]({"post", "discussion"})
"""The kinds of links to what somebody says on a platform, for example about an article."""
TELLING = PRESENT | DISCUSSED
"""The kinds of links that say something about their owner: all except `share` and `other`."""
_SHARE_SEGMENTS = frozenset({"share", "sharer", "intent", "submit", "compose", "offer", "send", "repost"})
_PLAIN = re.compile(r"[\w@:.~-]*", re.ASCII)  # characters that need no percent-encoding in an address
_TRACKED = re.compile("[?&;](?:utm_|[a-z]*clid|igsh|_?ga=|mc_)")  # a quick check for tracking parameters
_ACCOUNT = re.compile(r"\w[\w-]*(?:\.[\w-]+)*")
_FEDIVERSE = "fediverse"


def match(url: str, *, page_url: str = "", fediverse: bool = False, _unwrap: int = 3) -> SocialLink | None:
    """Tell what an address on a known platform is.

    Args:
        url: The address: absolute, or without its scheme (`//t.me/name`).
        page_url: The address of the article that shows the link: a link that contains this address is a share button.
        fediverse: Whether there is evidence (`rel=me`, `fediverse:creator`) that the host is a server of the fediverse;
            without it, only the best-known servers are recognized.
        _unwrap: How many redirectors, one inside another, are followed.

    Returns:
        The link with platform, kind, handle (lower-cased only where the platform ignores case) and canonical address,
        or None when no platform has the address. Links of the kinds `share` and `other` have no canonical form, only
        their address without tracking parameters. An address cannot tell whose account it is, so the owner is
        `third_party`.
    """
    host = host_in(url)
    below, rows = _rows(host)
    if not rows and bare(host) not in REDIRECTORS and not (fediverse and is_public(host)):
        return None  # this is the case for nearly every address
    address = take_apart(url, host)
    if address is None:
        return None
    if _unwrap and (target := carried(address)):
        return match(target, page_url=page_url, fediverse=fediverse, _unwrap=_unwrap - 1)
    if not rows and fediverse:
        rows = (("/", table().platforms[_FEDIVERSE]),)
    path = f"/{below}{address.path.rstrip('/')}" if below else address.path
    for prefix, platform in rows:
        if path.startswith(prefix) and (prefix[-1] in "/@" or path[len(prefix) :][:1] in {"", "/"}):
            return _apply(platform, address, path, page_url)
    return None


def account(platform_id: str, name: str) -> SocialLink | None:
    """The account that a bare name means on a platform; None if the platform or the name does not allow that."""
    platform = table().platforms.get(platform_id)
    if platform is None or not platform.named or not _ACCOUNT.fullmatch(name):
        return None
    link = match(f"https://{platform.origin}{platform.named}{name}")
    return link if link is not None and link.kind == "profile" else None


def key(link: SocialLink) -> str:
    """The key that all links to one place have in common: platform and identity ("telegram:nsnfm", "vk:wall-1_2").

    Names are in lower case where the platform ignores case. The key of a label without an address has nothing behind
    its platform ("dzen:"); if several platforms share the label, the label itself stands there ("unknown:новости").
    """
    data = table()
    platform = data.platforms.get(link.platform)
    if not link.url:
        return f"{link.platform}:{link.handle.lower() or ('' if platform else fold_label(link.label))}"
    if platform and platform.acct and link.kind == "profile" and link.handle:
        return f"{link.platform}:{link.handle.lower()}"
    address = link.url.partition("://")[2]
    host, _, path = address.partition("/")
    name, _, parent = host.partition(".")
    if host in data.origins:
        identity = path
    elif f".{parent}" in data.origins:
        identity = f"{name}/{path}"
    else:
        identity = address
    identity = unquote(identity.rstrip("/"))
    if platform and platform.fold == "key" and link.kind == "profile":
        identity = identity.lower()
    elif identity.startswith("@"):
        name, slash, rest = identity.partition("/")
        identity = f"{name.lower()}{slash}{rest}"
    return f"{link.platform}:{identity}"


def feed_of(link: SocialLink) -> str:
    """The address of the feed that the platform has for a profile; empty if it has none or the link is no profile."""
    if link.kind != "profile" or not link.url:
        return ""
    host = host_in(link.url)
    below, rows = _rows(host)
    address = take_apart(link.url, host)
    if address is None:
        return ""
    path = f"/{below}{address.path.rstrip('/')}" if below else address.path
    for platform in (it for _, it in rows or (("/", table().platforms.get(link.platform)),)):
        for pattern, feed in platform.feeds if platform and platform.id == link.platform else ():
            if found := pattern.fullmatch(path):
                return _fill(feed, found.groupdict(), host)
    return ""


@lru_cache(maxsize=256)
def host_of(url: str) -> str:
    """The host of a web address, in lower case, without `www.` and similar prefixes; empty if there is none."""
    host = host_in(url)
    return "" if "://" in host else bare(host)


def _rows(host: str) -> tuple[str, tuple[tuple[str, Platform], ...]]:
    """The subdomain that is a handle (or empty), and the platforms that have the host, each with its path prefix."""
    data = table()
    rows = data.hosts.get(host)
    if rows is None and (shown := bare(host)) != host:
        host = shown
        rows = data.hosts.get(host)
    if rows is not None:
        return "", rows
    name, _, parent = host.partition(".")
    for platform, is_handle in data.parents.get(parent, ()):
        if (platform.handle if is_handle else LANGUAGE).fullmatch(name):
            return (name, (("/", platform),)) if is_handle else ("", data.hosts.get(parent, (("/", platform),)))
    return "", ()


def _apply(platform: Platform, address: Address, path: str, page_url: str) -> SocialLink:
    first = path.split("/", 2)[1]
    reserved = first.casefold() in platform.reserved
    for rule in platform.likely(first, path.count("/"), asked=bool(address.fields)):
        groups = _groups(rule, path, address.fields)
        if groups is not None and not (reserved and groups.get("h") == first):
            break
    else:
        return _opaque(platform, "share" if _shares(path, address.fields, page_url) else "other", address.url)
    kind, handle = rule.kind, groups.get("h", "")
    if kind != "share" and (kind == "other" or not rule.query) and _shares(path, address.fields, page_url):
        kind = "share"
    if kind in {"share", "other"} or not rule.canonical:
        return _opaque(platform, kind, address.url, handle if kind not in {"share", "other"} else "")
    if platform.fold == "handle":
        handle = groups["h"] = handle.lower()
    host = shown if (shown := bare(address.host)) in table().hosts else address.host
    url = _fill(rule.canonical, groups, host)
    if platform.acct and handle:
        handle = f"{handle}@{groups.get('r', host)}"
    seen = "" if url == address.url else address.url
    return _link(platform, kind, handle=handle, url=url, seen=seen)


def _fill(template: str, groups: dict[str, str], host: str) -> str:
    if not _PLAIN.fullmatch("".join(groups.values())):
        groups = {name: quote(value, safe="@:-._~") for name, value in groups.items()}
    groups["host"] = host
    return template.format_map(groups)


def _shares(path: str, fields: Mapping[str, str], page_url: str) -> bool:
    """Whether a link is a share button: its path is one for sharing and it has a target, or it contains `page_url`."""
    if not fields:
        return False
    if page_url and (page := _page(page_url)) and any(page in value for value in fields.values()):
        return True
    return not _SHARE_SEGMENTS.isdisjoint(path.split("/")) and any(
        value and (key == "text" or value.startswith(("http://", "https://"))) for key, value in fields.items()
    )


def _page(url: str) -> str:
    """Host and path of an article, by which its address is found in a share link; empty for a site's front page."""
    address = url.partition("://")[2].partition("#")[0].partition("?")[0].rstrip("/").removeprefix("www.")
    return address if "/" in address else ""


def _groups(rule: Rule, path: str, fields: Mapping[str, str]) -> dict[str, str] | None:
    hit = compiled(rule.path).fullmatch(path)
    if hit is None:
        return None
    groups = hit.groupdict()
    for key, pattern in rule.query:
        value = fields.get(key)
        if pattern is None:
            if value:
                return None
            continue
        found = None if value is None else compiled(pattern).fullmatch(value)
        if found is None:
            return None
        groups |= found.groupdict()
    return groups


def _opaque(platform: Platform, kind: LinkKind, url: str, handle: str = "") -> SocialLink:
    """A link whose address has no canonical form: only tracking parameters are removed."""
    url = url.strip()
    return _link(platform, kind, handle=handle, url=(_TRACKED.search(url) and canonical(url)) or url)


def _link(platform: Platform, kind: LinkKind, *, url: str, handle: str = "", seen: str = "") -> SocialLink:
    label = platform.name
    return SocialLink(
        platform=platform.id, kind=kind, owner="third_party", label=label, handle=handle, url=url, seen=seen
    )
