"""Headlines, and what sites put behind or before them."""

from collections.abc import Iterable

SEPARATORS = "|-–—·•:/»«"
"""What stands between a headline and a site's name."""


def without_site(title: str, names: Iterable[str]) -> str:
    """A headline without the site's name behind or before it: «Заголовок | НСН» is «Заголовок»."""
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
