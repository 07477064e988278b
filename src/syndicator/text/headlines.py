"""Headlines, and the site's name that sites put behind or before them."""

import re
from collections.abc import Iterable

from syndicator.text.markup import plain

SEPARATORS = "|-–—·•:/»«"
"""The characters that may stand between a headline and a site's name."""

_NO_TAG = re.compile(
    r"<(?!/?(?:a|abbr|acronym|b|bdi|bdo|big|blink|br|center|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|mark|nobr|p|"
    r"q|s|samp|script|small|span|strike|strong|style|sub|sup|time|tt|u|var|wbr)(?:\s[^<>]*)?/?>"
    r"|[a-z][a-z0-9]*\s[^<>\"']*+(?:(?<==)|(?<== ))[\"'][^<>]*+>|/(?:frameset|iframe|object|svg)\s*>)",
    re.IGNORECASE,
)


def said_title(html: str) -> str:
    """The text of a title that is markup: only real tags count as tags, `1 < 2` and `a <tag> b` are text."""
    html = html.replace("<![CDATA[", "").replace("]]>", "") if "<![CDATA[" in html else html  # a CDATA mark as text
    return plain(_NO_TAG.sub("&lt;", html))


def without_site(title: str, names: Iterable[str]) -> str:
    """A headline without the site's name behind or before it: «Заголовок | НСН» becomes «Заголовок»."""
    for name in filter(None, names):
        if title.casefold().endswith(name.casefold()):
            headline, separator = title[: -len(name)].rstrip()[:-1], title[: -len(name)].rstrip()[-1:]
            if separator in SEPARATORS and headline != headline.rstrip():
                return headline.rstrip()
        if title.casefold().startswith(name.casefold()):
            separator, headline = title[len(name) :].lstrip()[:1], title[len(name) :].lstrip()[1:]
            if separator in {"|", "•", "·"} and headline != headline.lstrip():
                return headline.lstrip()
    return title
