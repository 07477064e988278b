"""The body of an article's page, as the page's own markup."""

from collections import defaultdict
from collections.abc import Sequence
from copy import deepcopy
from itertools import count, islice
from unicodedata import normalize

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from syndicator.model.article import Text
from syndicator.model.social import Credit
from syndicator.parse.article.body_edges import (
    inside,
    without_byline,
    without_captions,
    without_headline,
    without_loose_end,
    without_promos,
    without_tail,
)
from syndicator.parse.article.furniture import drop_beside, drop_forms, drop_icons, drop_menus, drop_notices
from syndicator.parse.article.inline import keep_inline
from syndicator.parse.article.loose import HOLDERS, name_paragraphs, open_tables, wrap_loose_text
from syndicator.parse.article.pieces import continued, with_headings, with_lead
from syndicator.parse.article.titled import drop_titled
from syndicator.parse.article.witness import Witness, words_of
from syndicator.parse.decoding.tree import Page, fragment, has, inner_html, is_bigger, outer_html, words
from syndicator.text.markup import plain

MOST_ELEMENTS = 10_000
"""Above this, the extractor takes seconds; the page of a long article has half of it."""
_SHORTEST_WITNESS = 200
_PARAGRAPHS = ("p", "li", "h2", "h3", "h4", "blockquote", "pre", "td")
PAGES_BEFORE_RESET = 500
_SHORT = 250
_LONG = 1_000
_TAKEN = 0.3
_EQUAL, _FAR_MORE = 1.01, 1.2
_extractions = count(1)


def find_body(
    page: Page, told: Text | None, marked: Text | None, names: Sequence[str] = (), headlines: Sequence[str] = ()
) -> tuple[Text | None, tuple[Credit, ...]]:
    """The body, and whom the captions of its pictures credit; by the first of these that holds.

    1. Where the page shows the text that JSON-LD tells: that place, less what that text does not know.
    2. The marked element, less what looks like furniture and is not known to the extractor either.
    3. What the extractor takes for the body.

    And where that is less than half of what the metadata tell: their text, without markup. Behind a paywall, or in a
    page that is filled by its scripts, there is no more of it.

    Args:
        page: The page.
        told: The `articleBody` of JSON-LD.
        marked: The `articleBody` of microdata: markup, or plain text out of a `meta`.
        names: The authors', which often stand on top of it.
        headlines: The article's, likewise.
    """
    text = told or (marked if marked and not marked.html else None)
    found = _shown(page, text) or _marked(page, marked) or extracted(page)
    length = len(plain(found.value)) if found else 0
    if found is None or (text is not None and 2 * length < len(text.value)):
        return text or found, ()
    found = without_promos(without_byline(without_headline(found, headlines), names))
    return without_captions(without_loose_end(found))


def extracted(page: Page) -> Text | None:
    """The body by the shape of the page."""
    if is_bigger(page.root, MOST_ELEMENTS):
        return _markup(page, _densest(page.root, *HOLDERS))
    root = deepcopy(page.root)
    strip_elements(root, "script", "style", "template", with_tail=False)  # their JSON would be taken for text
    drop_icons(root)
    drop_notices(root)
    drop_titled(root)
    drop_forms(root)
    keep_inline(root)
    whole = deepcopy(root)
    drop_menus(root)
    body = _best_shaped(root)
    if len(body) < _SHORT:
        name_paragraphs(whole)
        body = _by_shape(whole)
    missed = _missed(root, body)
    missed = _flattened(root, body) if missed is None else missed
    if missed is not None:
        return _markup(page, missed)
    if _is_furniture(whole, body):
        return None
    body = continued(root, body) or with_headings(root, body) or body
    body = body and with_lead(root, body)
    return without_tail(Text(value=_opened(body), base=page.public_base)) if body else None


def _opened(body: str) -> str:
    if "<table" not in body:
        return body
    root = inside(fragment(body))
    open_tables(root)
    return inner_html(root)


def _best_shaped(root: HtmlElement) -> str:
    """What the extractor takes for the body, with text that stands loose made paragraphs.

    What a page writes in the place of paragraphs is made paragraphs, too, if the extractor then takes the same text, or
    far more. If it takes less, it leaves out what is no paragraph beside them; if a little more, these were teasers.
    """
    wrap_loose_text(root)
    body = _by_shape(root)
    named = name_paragraphs(root)
    if not named:
        return body
    wrap_loose_text(root)
    other = _by_shape(root)
    told, before = _told(other), _told(body)
    if before <= told <= _EQUAL * before or told > _FAR_MORE * before:
        return other
    for element in named:
        element.tag = "div"
    return body


def _told(body: str) -> int:
    """Letters of a body, but for those of links."""
    if not body:
        return 0
    found = fragment(body)
    strip_elements(found, "a", with_tail=False)
    return sum(map(str.isalnum, plain(inner_html(found))))


def _by_shape(root: HtmlElement) -> str:
    """What the extractor takes for the body, with the pictures in it.

    Asked for pictures, it takes more of what is none of the text; so it is asked twice, and of what it takes with them
    only the text stays that it takes without.
    """
    text = _extract(root, images=False)
    if not text or not has(root, "img"):
        return text
    witness = Witness(plain(text))
    with_pictures = witness.only_known(fragment(_extract(root, images=True)))
    holder = with_pictures.find("body")
    found = inner_html(with_pictures if holder is None else holder)
    return found if Witness(plain(found)).knows_all(plain(text)) else text


def _extract(root: HtmlElement, *, images: bool) -> str:
    from trafilatura import bare_extraction  # noqa: PLC0415 - costs 0.3 s, and not every page needs it
    from trafilatura.htmlprocessing import build_html_output  # noqa: PLC0415
    from trafilatura.meta import reset_caches  # noqa: PLC0415
    from trafilatura.settings import Document  # noqa: PLC0415

    try:
        found = bare_extraction(  # `extract` adds a fingerprint of the text, which takes as long as all the rest
            deepcopy(root),
            output_format="html",
            fast=True,
            include_comments=False,
            include_images=images,
            include_links=True,
        )
        markup = normalize("NFC", build_html_output(found)) if isinstance(found, Document) else ""
    except Exception:  # noqa: BLE001 - a stranger's code on a stranger's page: the article is kept without its body
        return ""
    if next(_extractions) % PAGES_BEFORE_RESET == 0:
        reset_caches()  # they grow with every page
    return markup.partition("<body>")[2].rpartition("</body>")[0].strip()


def _missed(root: HtmlElement, body: str) -> HtmlElement | None:
    """The element with most text in paragraphs, where the extractor took hardly any of it and it is the longer text."""
    dense = _densest(root)
    if dense is None:
        return None
    text, other = words_of(dense), plain(body)
    is_long = len(text) > max(_LONG, 1.5 * len(other))
    linked = sum(len(words(it)) for it in islice(dense.iter("a"), 1_000))
    return dense if is_long and 3 * linked < len(text) and Witness(other).knows(text) < _TAKEN else None


def _shown(page: Page, text: Text | None) -> Text | None:
    """The place where the page shows a text."""
    if text is None or len(text.value) < _SHORTEST_WITNESS:
        return None
    witness = Witness(plain(text.value) if text.html else text.value)
    if not (places := witness.places(page.root)):
        return None
    *lead, place = places
    pruned = witness.prune(place, strict=True)
    if pruned is None:
        return None
    markup = "".join(map(outer_html, lead)) + inner_html(pruned)
    return Text(value=markup, base=page.public_base)


def _marked(page: Page, marked: Text | None) -> Text | None:
    """The marked element; where the extractor sees another text there, as it is."""
    if marked is None or not marked.html:
        return None
    root = inside(fragment(marked.value))
    drop_titled(root)
    drop_forms(root)
    drop_beside(root)
    seen = extracted(page)
    pruned = Witness(plain(seen.value)).prune(root, strict=False) if seen else None
    body = _markup(page, root if pruned is None else pruned)
    return body and without_tail(body)


def _flattened(root: HtmlElement, body: str) -> HtmlElement | None:
    """The element with most text in paragraphs, where the extractor has made one of them all, as of few short ones."""
    if not _is_one_paragraph(body):
        return None
    dense = _densest(root)
    if dense is None or next(islice(dense.iter("p"), 1, None), None) is None:
        return None
    told = words_of(dense)
    return dense if 2 * len(told) > len(plain(body)) and Witness(plain(body)).knows_all(told) else None


def _is_one_paragraph(body: str) -> bool:
    return bool(body) and next(islice(fragment(body).iter(*_PARAGRAPHS), 1, None), None) is None


def _is_furniture(root: HtmlElement, body: str) -> bool:
    """Whether the extractor, at a loss, has made one paragraph of what the page shows, and most of that are links."""
    if not _is_one_paragraph(body):
        return False
    told = plain(body)
    linked = {words(it) for it in islice(root.iter("a"), 1_000)}
    return 2 * sum(len(it) for it in linked if it in told) > len(told)


def _densest(root: HtmlElement, *holders: str) -> HtmlElement | None:
    """The element with most text in paragraphs of its own, or without paragraphs, if it is one of `holders`."""
    found: dict[HtmlElement, int] = defaultdict(int)
    for element in root.iter("p", *holders):
        holder = element.getparent() if element.tag == "p" else element
        if holder is not None:
            found[holder] += len((element.text or "").strip()) + sum(len((it.tail or "").strip()) for it in element)
    return max(found, key=found.__getitem__, default=None)


def _markup(page: Page, element: HtmlElement | None) -> Text | None:
    if element is None:
        return None
    markup = inner_html(element)
    return Text(value=markup, base=page.public_base) if markup.strip() else None
