"""Replace what an article embeds from a platform with a link, because feeds must not run embedded code."""

import re
from collections.abc import Iterable
from html import escape

from syndicator.social.platforms import match
from syndicator.text.blocks import Block
from syndicator.text.characters import unescape

_VALUE = r"""\s*=\s*(?!["']?about:)(?:"([^"<>]*+)"|'([^'<>]*+)'|([^\s"'<>]++))"""
"""An attribute's value with the sign before it, in a group for each kind of quotes; `about:` loads nothing."""
_EMBED = re.compile(
    rf"<iframe\b(?=[^<>]*?\s(?:data-(?:lazy-)?)?src{_VALUE})[^<>]*+>(?:[^<]*+</iframe\s*>)?"
    rf"|<script\b(?=[^<>]*?\sdata-telegram-post{_VALUE})[^<>]*+>(?:[^<]*+</script\s*>)?",
    re.IGNORECASE,
)
"""A frame with an address, or Telegram's script with a post; groups 1 to 3 hold the address, 4 to 6 the post."""
_MOST = 100
"""The most embedded things of one article that become links."""


def linked(html: str) -> tuple[str, frozenset[str]]:
    """Replace each embedded video, track or post of a platform with a link; the sanitiser will drop other frames.

    Returns:
        The markup, and the words of the links that were added.
    """
    if not any(it in html for it in ("<iframe", "<IFRAME", "data-telegram-post")):
        return html, frozenset()
    words = set[str]()

    def link(found: re.Match[str]) -> str:
        frame, post = (next(filter(None, found.groups()[at : at + 3]), "") for at in (0, 3))
        address = unescape(frame).strip() if frame else f"https://t.me/{post}"
        it = match(f"https:{address}" if address.startswith("//") else address) if len(words) < _MOST else None
        if it is None or it.kind != "post":
            return found[0]
        words.add(shown := it.url.partition("://")[2])
        return f"<a href={escape(it.url)}>{escape(shown)}</a>"  # without quotes: it may stand in an attribute

    return _EMBED.sub(link, html), frozenset(words)


def unsaid(blocks: Iterable[Block], words: frozenset[str]) -> tuple[Block, ...]:
    """Remove from the blocks' texts the words of links that `linked` added: they are not the article's words."""
    said = re.compile(r"\s*(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")")
    return tuple(
        block._replace(
            text="\n".join(filter(None, (said.sub("", line).strip() for line in block.text.split("\n")))),
            links=tuple(it for it in block.links if it[0] not in words),
        )
        for block in blocks
    )
