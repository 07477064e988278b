"""Which lines of a body call to the reader: to subscribe, to take a newsletter or an app, to send news or likes.

How such a line opens, `wording` says. What is judged here is what else it says, and whom it names: a call to somebody
else's channel is the story's.
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
"""Letters beside a call and its labels, where nothing may be left."""
_WIDE, _LOOSE, _SECTION = 45, 25, 12
_WIDE_WORDS, _HINT_WORDS = 5, 2  # words in them: beside a call those that are no names, beside a hint all, each once
_QUOTED = re.compile(r"«[^«»]{1,40}»|\"[^\"]{1,40}\"")  # a name
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")

_OPENINGS = (
    (wording.CALL, (_LOOSE, 1)),
    (wording.HINT, (STRICT, 0)),
    (wording.CLOSING, (STRICT, 0)),
    (wording.OFFER, None),
)
"""How a call opens, and how many letters and words may stand beside it; None: none, unless it is sure whose it is."""


class Line(Noun, kw_only=False):
    """A block as the rules see it.

    Attributes:
        text: On one line, without what it is decorated with.
        links: Texts and addresses of its links.
        naming: What the publisher is called.
        above: The heading that it stands below.
        last: Whether nothing follows.
        known: Keys of the accounts that are shown to be the publisher's elsewhere.
    """

    text: str
    links: tuple[tuple[str, str], ...]
    naming: Naming
    above: str
    last: bool
    known: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """What the publisher calls itself."""
        return self.naming.names

    @property
    def accounts(self) -> list[SocialLink]:
        """Those that it links to or writes out."""
        hrefs = (href for _, href in (*self.links, *(("", href) for _, _, href in addresses(self.text))))
        return [link for href in hrefs if (link := match(href)) and link.kind in {"profile", "invite", "post"}]

    @property
    def is_owned(self) -> bool:
        """Whether it links to accounts, all known to be the publisher's, called as one of these or as the site is."""
        accounts = self.accounts
        called = {it.rpartition(":")[2] for it in self.known}
        return bool(accounts) and all(
            key(it) in self.known or it.handle in called or (it.handle and self.naming.is_own(it.handle))
            for it in accounts
        )

    @property
    def is_elsewhere(self) -> bool:
        """Whether it claims none of the accounts it links to, and others there are shown to be the publisher's."""
        shown = {it.partition(":")[0] for it in self.known}
        named = [it for it in self.accounts if it.kind == "profile" and not it.handle.isdecimal()]
        return (
            bool(named)
            and all(it.platform in shown and key(it) not in self.known for it in named)
            and not (self.is_owned or self.is_about_us or MINE.search(self.text))
        )

    @property
    def is_about_us(self) -> bool:
        """Whether it speaks of the publisher: «наш», or its name."""
        return OURS.search(self.text) is not None or self.naming.is_named_in(self.text)


def speaks_of_author(line: str) -> bool:
    """Whether a call is an author's own: «Подписывайтесь на мой канал»."""
    return MINE.search(line) is not None and OURS.search(line) is None


def is_call(line: Line) -> bool:
    """Whether a line calls the reader to a platform, by name or link, with hardly a word more and no other's name."""
    if line.is_elsewhere:
        return False
    if any(_calls(line, opening, most) for opening, most in _OPENINGS) or _is_labelled_address(line):
        return True
    call, *more = wording.SENTENCES.split(line.text)
    return bool(more) and all(map(wording.CONTACT.match, more)) and is_call(replace(line, text=call))


def _calls(line: Line, opening: re.Pattern[str], most: tuple[int, int] | None) -> bool:
    """Whether a line opens so, and the rest of it is no more than a call may say.

    Args:
        line: The line.
        opening: How a call opens; `CLOSING` may stand anywhere.
        most: Letters and words that may stand beside; None: it must be sure whose accounts these are.
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
    """Whether a line calls to accounts that stand below it, which are its `links`, and names nobody else."""
    is_one = wording.CALL.match(line.text) or (wording.HINT.match(line.text) and OURS.search(line.text))
    return (
        is_one is not None
        and not (wording.SAYS.search(line.text) or wording.TOLD.search(line.text))
        and not names_somebody(line.text, line.names)
        and not line.is_elsewhere
    )


def calls_to_author(line: Line) -> bool:
    """Whether a line is a call of the text's author, with a link; whose the accounts are is judged elsewhere."""
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
    """Whether a line offers the publisher's newsletter, or one whose name may be its own: not «the museum's»."""
    hit = wording.NEWSLETTER.fullmatch(line.text)
    if hit is None or wording.SAYS.search(line.text):
        return False
    left = words_left(wording.DAILY.sub(" ", hit["which"] or ""), line.names)
    return line.is_about_us or (
        not any(it[0].islower() or it.endswith(("'s", "’s")) for it in left)
        and (not line.naming.is_known or all(map(line.naming.is_own, left)))
    )


def asks_for_news(line: Line) -> bool:
    """Whether the publisher asks readers for news: not the police."""
    hit = wording.TIP.match(line.text)
    rest = line.text[hit.end() :] if hit else ""
    return wording.TO_US.search(rest) is not None and not wording.SAYS.search(line.text)


def offers_app(line: Line) -> bool:
    """Whether a line offers the publisher's app, or one that it does not name."""
    hit = wording.APP.match(line.text)
    if hit is None:
        return False
    left = words_left(wording.STORES.sub(" ", (hit["whose"] or "") + line.text[hit.end() :]), line.names)
    return _is_short(left, _LOOSE, len(left)) if line.is_about_us else all(map(line.naming.is_own, left))


def asks_for_likes(line: Line) -> bool:
    """Whether a line asks for likes of the article: not of somebody's picture."""
    hit = wording.LIKE.match(line.text)
    rest = line.text[hit.end() :] if hit else ""
    return hit is not None and not wording.SAYS.search(rest) and not wording.TOLD.search(rest)


def _is_labelled_address(line: Line) -> bool:
    """Whether a line is but the publisher's account by name and address: «Telegram-канал НСН: https://t.me/nsnfm»."""
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
    """Whether hardly a word is left behind a hint, apart from the call that may follow it."""
    hint, _, more = rest.partition(". ")
    said = hint if wording.CALL.match(more) else rest
    return len({*words_left(_QUOTED.sub(" ", said), line.names)}) <= _HINT_WORDS


def _leads_to_platform(text: str, line: Line) -> bool:
    return names_platform(text) or any(match(href) for _, href in line.links) or next(addresses(text), None) is not None
