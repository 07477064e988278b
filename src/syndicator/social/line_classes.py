"""The class of furniture that a line of a body belongs to, if any, and the rule that says so.

The order of the rules matters; the first that fits names the line's class. `wording` describes how such a line opens,
`calls` judges calls to the reader; this module judges the other classes.
"""

from collections.abc import Callable
from functools import lru_cache

from syndicator.social import wording
from syndicator.social.calls import (
    STRICT,
    Line,
    asks_for_likes,
    asks_for_news,
    calls_to_author,
    is_call,
    offers_app,
    offers_newsletter,
)
from syndicator.social.credits import is_credit, is_declined
from syndicator.social.headings import names_somebody
from syndicator.social.labels import by_label, letters_left

_HEADLINE = 3  # the fewest words of a headline
_LABELS = 3  # the fewest labels of a bar


@lru_cache(maxsize=1024)  # a source closes all its articles with the same lines
def classify(line: Line) -> tuple[str, str] | None:
    """The class of a line and the name of the rule that says so; None if the line belongs to the story."""
    return next(((line_class, rule) for line_class, rule, fits in _RULES if fits(line)), None)


def _is_bar(line: Line) -> bool:
    """Whether a line is three labels or more between bars, two of them certain, and the heading above names nobody."""
    parts = [part for part in wording.SEPARATORS.split(line.text) if part and part not in line.names]
    if len(parts) < _LABELS:
        return False
    platforms = {by_label(part) for part in parts}
    is_bar = "" not in platforms and len(platforms - {"unknown"}) >= 2
    return is_bar and not names_somebody(line.above, line.names)


def _credits(line: Line) -> bool:
    """Whether a line is a credit; «© НСН» in an article by НСН itself is a copyright notice, which stays."""
    if not is_credit(line.text) or (is_declined(line.text) and not line.last):
        return False
    return not line.text.startswith("©") or letters_left(line.text, line.names) > 0


def _shares(line: Line) -> bool:
    hit = wording.SHARE_CALL.match(line.text)
    return hit is not None and letters_left(wording.BUTTONS.sub(" ", line.text[hit.end() :]), line.names) <= STRICT


def _asks_for_mistakes(line: Line) -> bool:
    return wording.TYPO.match(line.text) is not None and not wording.SAYS.search(line.text)


def _is_paid(line: Line) -> bool:
    """Whether a line discloses advertising, and does not report on it («Реклама: ООО «Ромашка» оштрафовали»)."""
    if wording.AD.match(line.text) is None:
        return False
    is_report = wording.TOLD.search(line.text) is not None and not wording.REGISTERED.search(line.text)
    return not is_report and not wording.SAYS.search(line.text)


def _points(line: Line) -> bool:
    """Whether a line refers to another article, by a link or a headline: «Read more: that was her advice» does not."""
    hit = wording.RELATED.match(line.text)
    if hit is None:
        return False
    rest = line.text[hit.end() :].lstrip()
    linked = sum(sum(map(str.isalnum, text)) for text, _ in line.links)
    if linked and linked >= sum(map(str.isalnum, rest)) - STRICT:
        return True
    is_headline = len(rest.split()) >= _HEADLINE and not (rest[:1].islower() or wording.NO_HEADLINE.search(rest))
    return not rest or is_headline


def _ends(line: Line) -> bool:
    """Whether a line is one that a blog engine adds at the end of a feed's entries; it names the site, no platform."""
    if not line.last:
        return False
    if wording.MORE.fullmatch(line.text):
        return True
    hit = wording.FEED_TAIL.fullmatch(line.text)
    if hit is None or by_label(hit["site"].strip(' .«»"')) not in {"", "unknown"}:
        return False
    return bool(line.links) or not line.naming.is_known or line.naming.is_named_in(hit["site"])


_RULES: tuple[tuple[str, str, Callable[[Line], bool]], ...] = (
    ("subscribe", "call", is_call),
    ("social_bar", "labels", _is_bar),
    ("subscribe", "author", calls_to_author),
    ("subscribe", "newsletter", offers_newsletter),
    ("share_bar", "button", lambda line: wording.BUTTON.fullmatch(line.text) is not None),
    ("credit", "names", _credits),
    ("related", "prefix", _points),
    ("feed_tail", "template", _ends),
    ("typo_prompt", "prompt", _asks_for_mistakes),
    ("reader_prompt", "tip", asks_for_news),
    ("reader_prompt", "app", offers_app),
    ("reader_prompt", "like", asks_for_likes),
    ("share_bar", "call", _shares),
    ("ad_disclosure", "disclosure", _is_paid),
    ("ad_disclosure", "slot", lambda line: wording.SLOT.fullmatch(line.text) is not None),
)
