"""The public preview of a Telegram channel, where anybody can read it without an account."""

import re

from syndicator.model.social import SocialLink
from syndicator.social.platforms import match

PREVIEW = "https://t.me/s/"
_NAME = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{3,31})")

_MAY_BE = re.compile(r"t\.me|telegram", re.IGNORECASE)


def preview(written: str) -> str:
    """The address of a channel's public preview.

    Args:
        written: The channel as people write it: `https://t.me/name`, `t.me/s/name`, `telegram.me/name`, `name.t.me`,
            `@name` or `name`.

    Returns:
        `https://t.me/s/name`, or an empty string if this names no channel, or one that only members can read (an
        invitation, `t.me/c/…`).
    """
    written = written.strip()
    if name := _NAME.fullmatch(written):
        return f"{PREVIEW}{name[1].lower()}"
    if not _MAY_BE.search(written):
        return ""  # nearly every source's address ends here, without a look-up in the platform table
    scheme, colon, _ = written.partition("://")
    if not colon:
        written = f"https://{written}"
    elif scheme.lower() not in {"http", "https"}:
        return ""
    found = _at_telegram(written)
    return f"{PREVIEW}{found.handle}" if found and found.kind == "profile" else ""


def is_closed(url: str) -> bool:
    """Whether an address leads to a place on Telegram that shows no list of messages without an account."""
    found = _at_telegram(url) if _MAY_BE.search(url) else None
    return found is not None and found.kind != "profile"


def _at_telegram(url: str) -> SocialLink | None:
    found = match(url)
    return found if found is not None and found.platform == "telegram" else None
