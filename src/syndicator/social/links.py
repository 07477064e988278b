"""The publisher's own pages and profiles that a subscription line links to or names, in the order of the line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from syndicator.model.noun import Noun, replace
from syndicator.model.social import SocialLink
from syndicator.social.addresses import is_within
from syndicator.social.labels import Label, by_label, labels_in, letters_left, tidy
from syndicator.social.platforms import TELLING, account, host_of, match

EVIDENCE = "subscription line"
"""The kind of place that a subscription line is, as evidence."""
BY_ANCHOR = 0.85
"""The confidence (0 to 1) in a link of a subscription line that has an address."""
BY_LABEL = 0.30
"""The confidence (0 to 1) in a platform's name in a subscription line, without an address."""
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,12}/[^\s|<>«»\"]+", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w./@])@(\w(?:[\w.-]{0,62}\w)?)(?![\w@])")
_SEPARATORS = frozenset(["", *"|•·∙●▪/:;,—–"])
SINGLE = frozenset({"telegram:channel", "twitter:site", "article:publisher", "og:article:publisher"})
"""The metadata fields of a page that name a single account of a platform."""


class _Span(Noun, kw_only=False):
    """A part of the line with the address that it links to; the address is empty for a label alone."""

    start: int
    end: int
    label: str
    href: str


def mine(text: str, anchors: Sequence[tuple[str, str]], *, site_url: str, page_url: str) -> tuple[SocialLink, ...]:
    """Read a subscription line.

    Args:
        text: The line, as `labels.tidy` gives it.
        anchors: The texts of its links with their absolute addresses, in order.
        site_url: The address of the publisher's site.
        page_url: The address of the article that shows the line; a link that shares it is left out.

    Returns:
        An entry for each address and each bare label; an address is never invented from a name.
    """
    found: dict[tuple[str, str, str], SocialLink] = {}
    for span in _spans(text, tuple(anchors)):
        link = _read(span, site_url=site_url, page_url=page_url)
        if link is not None:
            found.setdefault(place(link), link)
    addressed = {link.platform for link in found.values() if link.url}
    return tuple(link for link in found.values() if link.url or link.platform not in addressed)


def place(link: SocialLink) -> tuple[str, str, str]:
    """A key that is equal for two links of a line to one place; a label of no single platform has a key of its own."""
    return link.platform, link.url, link.label if link.platform == "unknown" else ""


def addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """The addresses on known platforms in the text of a line: start and end position, absolute address."""
    for hit in _ADDRESS.finditer(text):
        written = hit.group().rstrip(".,;:!)")
        href = written if "://" in written else f"https://{written}"
        if match(href):
            yield hit.start(), hit.start() + len(written), href


def _named(text: str, labels: Sequence[Label]) -> Iterator[tuple[str, int, int, str]]:
    """The accounts that a line names beside their platform («Telegram: @name»): label, start, end, address.

    All names in a line have their platform on the same side: if a name comes first, behind it («@name в Telegram»).
    """
    names = [*_NAME.finditer(text)]
    if not names or not labels:
        return
    is_before = labels[0].start < names[0].start()
    for name in names:
        sides = [it for it in labels if (it.end <= name.start() if is_before else it.start >= name.end())]
        if not sides:
            continue
        label = sides[-1] if is_before else sides[0]
        between = text[label.end : name.start()] if is_before else text[name.end() : label.start]
        link = account(label.platform, name[1]) if not letters_left(between) else None
        if link is not None:
            yield text[label.start : label.end], name.start(), name.end(), link.url


def conflicts(links: Iterable[SocialLink]) -> tuple[str, ...]:
    """Contradictions between a page's links, as sentences for the operator; all links are kept.

    A field that names one account of a platform (`telegram:channel`, `twitter:site`, `article:publisher`) contradicts
    the profiles that the page shows as the publisher's on that platform if none of these is that account. Several
    accounts that are only shown, or listed in `sameAs`, do not contradict each other.
    """
    own = [it for it in links if it.owner == "publisher" and it.kind == "profile" and it.url]
    doubts = []
    for declared in own:
        shown = [it for it in own if it.platform == declared.platform and it.locator not in SINGLE]
        if declared.locator in SINGLE and shown and declared.url not in {it.url for it in shown}:
            others = ", ".join(f"{it.url} ({it.evidence})" for it in {it.url: it for it in shown}.values())
            doubts.append(f"{declared.locator} names {declared.url}, but the page shows {others}; both are kept.")
    return tuple(doubts)


def _read(span: _Span, *, site_url: str, page_url: str) -> SocialLink | None:
    link = match(span.href, page_url=page_url) if span.href else None
    if link is not None and link.kind == "share":
        return None
    if link is not None and link.kind in TELLING:
        return replace(link, owner="publisher", label=span.label or link.label, confidence=BY_ANCHOR, evidence=EVIDENCE)
    platform = by_label(span.label)
    if platform in {"unknown", ""} and span.href and _is_own(span.href, site_url, page_url):
        return SocialLink(platform="site", label=span.label, url=span.href, confidence=BY_ANCHOR, evidence=EVIDENCE)
    if not platform:
        return None
    return SocialLink(platform=platform, label=span.label, confidence=BY_LABEL, status="label_only", evidence=EVIDENCE)


@lru_cache(maxsize=256)
def _spans(text: str, anchors: tuple[tuple[str, str], ...]) -> tuple[_Span, ...]:
    """The links, written-out addresses and bare labels of a line, in its order."""
    spans: list[_Span] = []
    position = 0
    for anchor, href in anchors:
        label = tidy(anchor)
        start = text.find(label, position)
        start = position if start < 0 else start
        position = start + len(label)
        spans.append(_Span(start, position, label, href))
    for start, end, href in addresses(text):
        _add(spans, _Span(start, end, "", href))
    labels = [*labels_in(text)]
    for label, start, end, href in _named(text, labels):
        _add(spans, _Span(start, end, label, href))
    for found in labels:
        if found.platform == "unknown" and not _stands_alone(text, found):
            continue  # «новости» inside a sentence is a word, between bars a label
        _add(spans, _Span(found.start, found.end, text[found.start : found.end], ""))
    return tuple(sorted(spans, key=lambda span: span.start))


def _add(spans: list[_Span], new: _Span) -> None:
    """Add a span, unless it overlaps an earlier one, of which it is then a part."""
    if all(new.end <= old.start or new.start >= old.end for old in spans):
        spans.append(new)


def _stands_alone(text: str, label: Label) -> bool:
    before, after = text[: label.start].rstrip()[-1:], text[label.end :].lstrip()[:1]
    return before in _SEPARATORS and after in _SEPARATORS - {"—", "–"}


def _is_own(href: str, site_url: str, page_url: str) -> bool:
    """Whether an address is on the site of the publisher or of the article, or on a subdomain of these."""
    return any(is_within(host_of(href), host_of(url)) for url in (site_url, page_url))
