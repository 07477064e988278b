"""Read the links in the header fields of an answer (RFC 8288)."""

import re
from collections.abc import Iterator
from itertools import chain

from syndicator.model.web import Response

_LONGEST = 8_192
"""Characters of one field that are read."""
_NAME = r"[\w!#$%&'*+.^`|~-]+"
"""The name of a parameter: a token (RFC 9110, section 5.6.2)."""
_VALUE = r'"(?:[^"\\]|\\.)*+"|[^\s";,]*+'
"""The value of a parameter: a string in quotes, or characters without quotes; it may be empty."""
_LINK = re.compile(rf"<([^<>]*+)>((?:\s*+;\s*+(?:{_NAME}(?:\s*+=\s*+(?:{_VALUE}))?+)?+)*+)")
"""A link: its address between angle brackets, and its parameters."""
_PARAMETER = re.compile(rf";\s*+({_NAME})\s*+=\s*+({_VALUE})")
"""A parameter of a link: its name and its value."""


def links_in(response: Response) -> Iterator[tuple[str, str]]:
    """Give each link's relation, in lower case, and its address, as written.

    Links of another document (`anchor`) are left out. A link with several relations is given once for each.
    """
    fields = (value[:_LONGEST] for name, value in response.headers if name == "link")
    for address, written in chain.from_iterable(map(_LINK.findall, fields)):
        first = reversed(_PARAMETER.findall(written))  # reversed: of two parameters with one name the first counts
        said = {name.lower(): value.strip('"') for name, value in first}
        if "anchor" not in said:
            yield from ((relation, address) for relation in said.get("rel", "").lower().split())
