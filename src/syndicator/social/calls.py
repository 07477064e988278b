"""Which lines of a body are calls to the reader: to subscribe, to take a newsletter or an app, to send news or likes.

`wording` describes how such a line opens. This module judges what else it says, and whom it names: a call to somebody
else's channel belongs to the story.
"""

import re
from collections.abc import Sequence

from syndicator.model.noun import Noun, replace
from syndicator.model.social import SocialLink
from syndicator.social import wording
from syndicator.social.headings import names_somebody
from syndicator.social.labels import labels_in, names_platform, words_left
from syndicator.social.links import addresses
from syndicator.social.naming import MINE, OURS, Naming
from syndicator.social.platforms import key, match

STRICT = 3
"""The most letters that may be left beside a call and its labels where nothing should be left."""
_WIDE, _LOOSE, _SECTION = 45, 25, 12
"""The most letters that may be left beside a call.

The first is for accounts that are certainly the publisher's, the second the usual one, the third for the name of a
section («Follow BBC Kent on X»).
"""
_WIDE_WORDS, _HINT_WORDS = 5, 2
"""The most words among these letters: those that are no names beside a call, and all different ones beside a hint."""
_QUOTED = re.compile(r"«[^«»]{1,40}»|\"[^\"]{1,40}\"")  # a name
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")

_OPENINGS = (
    (wording.CALL, (_LOOSE, 1)),
    (wording.HINT, (STRICT, 0)),
    (wording.CLOSING, (STRICT, 0)),
    (wording.OFFER, None),
)
"""How a call opens, and how many letters and words may be left beside it.

None: the call counts only if it is certain that the accounts are the publisher's.
"""


class Line(Noun, kw_only=False):
    """A block of a body as the rules see it.

    Attributes:
        text: Its text on one line, without pictograms and bullets at its beginning.
        links: Pairs of text and address of its links.
        naming: The names of the publisher.
        above: The text of the heading that it stands below; empty if there is none.
        last: Whether it is the last block with text.
        known: Keys of the accounts that are known from elsewhere to be the publisher's.
    """

    text: str
    links: tuple[tuple[str, str], ...]
    naming: Naming
    above: str
    last: bool
    known: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the publisher."""
        return self.naming.names

    @property
    def accounts(self) -> list[SocialLink]:
        """The accounts that the line links to, or whose addresses it writes out."""
        hrefs = (href for _, href in (*self.links, *(("", href) for _, _, href in addresses(self.text))))
        return [link for href in hrefs if (link := match(href)) and link.kind in {"profile", "invite", "post"}]

    @property
    def is_owned(self) -> bool:
        """Whether it links to accounts, all known to be the publisher's or named like one of those or the publisher."""
        accounts = self.accounts
        called = {it.rpartition(":")[2] for it in self.known}
        return bool(accounts) and all(
            key(it) in self.known or it.handle in called or (it.handle and self.naming.is_own(it.handle))
            for it in accounts
        )

    @property
    def is_elsewhere(self) -> bool:
        """Whether it links only to accounts of others: on these platforms, the publisher is known to have other ones.

        A line that claims an account as the publisher's or the author's («наш», «мой») is not such a line.
        """
        shown = {it.partition(":")[0] for it in self.known}
        named = [it for it in self.accounts if it.kind == "profile" and not it.handle.isdecimal()]
        return (
            bool(named)
            and all(it.platform in shown and key(it) not in self.known for it in named)
            and not (self.is_owned or self.is_about_us or MINE.search(self.text))
        )

    @property
    def is_about_us(self) -> bool:
        """Whether it speaks of the publisher, by a word such as «наш» or by its name."""
        return OURS.search(self.text) is not None or self.naming.is_named_in(self.text)


def speaks_of_author(line: str) -> bool:
    """Whether a call is an author's own: «Подписывайтесь на мой канал»."""
    return MINE.search(line) is not None and OURS.search(line) is None


def is_call(line: Line) -> bool:
    """Whether a line calls the reader to a platform, by name or link, says hardly more, and names nobody else."""
    if line.is_elsewhere:
        return False
    if any(_calls(line, opening, most) for opening, most in _OPENINGS) or _is_labelled_address(line):
        return True
    call, *more = wording.SENTENCES.split(line.text)
    return bool(more) and all(map(wording.CONTACT.match, more)) and is_call(replace(line, text=call))


def _calls(line: Line, opening: re.Pattern[str], most: tuple[int, int] | None) -> bool:
    """Whether a line opens as a call, and the rest of it says no more than a call may.

    Args:
        line: The line.
        opening: The pattern for the opening; `CLOSING` may match anywhere in the line.
        most: The most letters and words that may be left beside it; None: it must be certain that the accounts are the
            publisher's.
    """
    hit = opening.search(line.text) if opening is wording.CLOSING else opening.match(line.text)
    if hit is None:
        return False
    rest = f"{line.text[: hit.start()]} {line.text[hit.end() :]}".strip()
    accounts, is_owned = line.accounts, line.is_owned
    called = [it.handle for it in accounts if not it.handle.isdecimal()]  # a number names nobody
    said = line.text if opening is wording.OFFER else rest  # "find us" alone says little
    is_sure = is_owned or (accounts and (OURS.search(said) or MINE.search(said)))
    is_told = wording.TOLD.search(rest) or _NUMBER.search(_QUOTED.sub(" ", line.naming.unnamed(rest)))
    is_plain = not is_told and (opening is wording.CALL or next(labels_in(rest), None) is not None)
    left = words_left(_QUOTED.sub(" ", rest), line.names)
    if opening is wording.HINT and is_plain and left:
        others = [it for it in left if not line.naming.is_own(it)]
        if len(others) < len(left) or line.naming.is_named_in(rest):
            left, most = others, (_SECTION, 0)  # «Follow BBC Kent on X»
    if is_sure and is_plain and (opening is wording.CALL or _is_brief(rest, line)):
        most = (_WIDE, _WIDE_WORDS)
    return (
        most is not None
        and _is_short(left, *most)
        and _leads_to_platform(rest, line)
        and not wording.SAYS.search(rest)
        and line.naming.is_ours(line.text, left, called, owned=is_owned)
    )


def opens_list(line: Line) -> bool:
    """Whether a line calls the reader to the accounts listed below it, which are its `links`, and names nobody else."""
    is_one = wording.CALL.match(line.text) or (wording.HINT.match(line.text) and OURS.search(line.text))
    return (
        is_one is not None
        and not (wording.SAYS.search(line.text) or wording.TOLD.search(line.text))
        and not names_somebody(line.text, line.names)
        and not line.is_elsewhere
    )


def calls_to_author(line: Line) -> bool:
    """Whether a line is a call by the text's author, with a link; whose the accounts are is judged elsewhere."""
    hit = wording.CALL_TO_AUTHOR.match(line.text)
    if hit is None:
        return False
    rest = line.text[hit.end() :]
    return (
        _is_short(words_left(rest, line.names), _LOOSE, 1)
        and (bool(line.accounts) or not wording.ANSWER.match(line.text))
        and _leads_to_platform(rest, line)
        and not wording.SAYS.search(rest)
    )


def offers_newsletter(line: Line) -> bool:
    """Whether a line offers the publisher's newsletter, or one whose name may be its own, but not «the museum's»."""
    hit = wording.NEWSLETTER.fullmatch(line.text)
    if hit is None or wording.SAYS.search(line.text):
        return False
    left = words_left(wording.DAILY.sub(" ", hit["which"] or ""), line.names)
    return line.is_about_us or (
        not any(it[0].islower() or it.endswith(("'s", "’s")) for it in left)
        and (not line.naming.is_known or all(map(line.naming.is_own, left)))
    )


def asks_for_news(line: Line) -> bool:
    """Whether the publisher asks readers for news, and not somebody else, such as the police."""
    hit = wording.TIP.match(line.text)
    rest = line.text[hit.end() :] if hit else ""
    return wording.TO_US.search(rest) is not None and not wording.SAYS.search(line.text)


def offers_app(line: Line) -> bool:
    """Whether a line offers the publisher's app, or an app without a name."""
    hit = wording.APP.match(line.text)
    if hit is None:
        return False
    left = words_left(wording.STORES.sub(" ", (hit["whose"] or "") + line.text[hit.end() :]), line.names)
    return _is_short(left, _LOOSE, len(left)) if line.is_about_us else all(map(line.naming.is_own, left))


def asks_for_likes(line: Line) -> bool:
    """Whether a line asks for likes for the article, and not, for example, for somebody's picture."""
    hit = wording.LIKE.match(line.text)
    rest = line.text[hit.end() :] if hit else ""
    return hit is not None and not wording.SAYS.search(rest) and not wording.TOLD.search(rest)


def _is_labelled_address(line: Line) -> bool:
    """Whether a line only names the publisher's account and its address: «Telegram-канал НСН: https://t.me/nsnfm»."""
    return (
        "/" in line.text
        and names_platform(line.text)
        and not words_left(line.text, line.names)
        and bool(found := [match(href) for _, _, href in addresses(line.text)])
        and all(link and link.kind in {"profile", "invite"} for link in found)
        and (line.naming.is_named_in(line.text) or all(link and line.naming.is_own(link.handle) for link in found))
        and not names_somebody(line.above, line.names)
    )


def _is_short(left: Sequence[str], letters: int, words: int) -> bool:
    return sum(map(str.isalpha, "".join(left))) <= letters and sum(not word[0].isupper() for word in left) <= words


def _is_brief(rest: str, line: Line) -> bool:
    """Whether hardly a word is left behind a hint, without the call that may follow it."""
    hint, _, more = rest.partition(". ")
    said = hint if wording.CALL.match(more) else rest
    return len({*words_left(_QUOTED.sub(" ", said), line.names)}) <= _HINT_WORDS


def _leads_to_platform(text: str, line: Line) -> bool:
    return names_platform(text) or any(match(href) for _, href in line.links) or next(addresses(text), None) is not None
