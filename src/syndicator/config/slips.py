"""Wrong names and spellings that people write in settings: each is refused, with a hint at what is probably meant."""

import re
from collections.abc import Mapping


def _meant(words: Mapping[str, str]) -> Mapping[str, str]:
    return {word: choice for choice, said in words.items() for word in said.split()}


KINDS = _meant(
    {
        "feed": "rss rss2 atom rdf xml jsonfeed",
        "json": "api rest",
        "list": "opml",
        "page": "html web website site",
        "telegram": "tg",
    }
)
"""Words for kinds of sources, by the kind that is meant: feeds of all formats are one kind."""

REPUBLISH = _meant(
    {"full": "all everything text fulltext yes", "excerpt": "summary teaser", "headline": "title titles"}
)

ZONES = _meant(
    {
        "Europe/Moscow": "msk msd",
        "Europe/Samara": "samt",
        "Asia/Yekaterinburg": "yekt",
        "Asia/Omsk": "omst",
        "Asia/Novosibirsk": "novt",
        "Asia/Krasnoyarsk": "krat",
        "Asia/Irkutsk": "irkt",
        "Asia/Yakutsk": "yakt",
        "Asia/Vladivostok": "vlat",
        "Asia/Magadan": "magt",
        "Asia/Kamchatka": "pett",
        "Europe/London": "bst",
        "Europe/Berlin": "cest mez mesz",
        "Europe/Athens": "eest",
        "Europe/Lisbon": "west",
        "Asia/Tokyo": "jst",
        "America/New_York": "edt",
        "America/Chicago": "cdt",
        "America/Denver": "mdt",
        "America/Los_Angeles": "pst pdt",
    }
)
"""Abbreviations and names of time zones that the IANA database lacks; those with several meanings are left out."""

_UNITS = _meant(
    {
        "ms": "ms msec millisecond milliseconds",
        "s": "s sec secs second seconds",
        "m": "m min mins minute minutes",
        "h": "h hr hrs hour hours",
        "d": "d day days",
    }
)
_LONGEST = 100  # the most characters that are read: the patterns take quadratic time for many spaces
_AMOUNT = re.compile(r"\s*([0-9.]{1,15})\s*([A-Za-z]{1,12}),?")
_SIZE = re.compile(r"\s*([0-9]{1,10})\s*([KMG])(i?B?)\s*", re.IGNORECASE)


def duration(written: object) -> str:
    """The valid form of a duration such as "30min" or "1 hour 30 minutes"; empty if it is not understood."""
    if not isinstance(written, str) or len(written) > _LONGEST or _AMOUNT.sub("", written).strip():
        return ""
    parts = [(amount, _UNITS.get(unit.lower())) for amount, unit in _AMOUNT.findall(written)]
    return "".join(f"{amount}{unit}" for amount, unit in parts) if all(unit for _, unit in parts) else ""


def size(written: object) -> str:
    """The valid form of a size such as "16M" or "16mb"; empty if it is not understood."""
    found = _SIZE.fullmatch(written) if isinstance(written, str) else None
    return f"{found[1]}{found[2].upper()}{'B' if found[3].lower() == 'b' else 'iB'}" if found else ""
