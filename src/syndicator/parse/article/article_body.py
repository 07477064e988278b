"""Find the body of an article on its page, as the page's own markup."""

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
"""The most elements of a page that the extractor gets: with more it takes seconds; a long article has half of it."""
_SHORTEST_WITNESS = 200
"""The fewest characters of a text in the metadata by which the body is looked for on the page."""
_PARAGRAPHS = ("p", "li", "h2", "h3", "h4", "blockquote", "pre", "td")
"""Elements that part a text; a body with only one of them is one paragraph."""
PAGES_BEFORE_RESET = 500
"""Extractions after which the extractor's caches are emptied, because they grow with every page."""
_SHORT = 250
"""Characters of markup, with fewer of which a body is extracted again from the page with its menus."""
_LONG = 1_000
"""Characters of a text in paragraphs that the extractor may have missed."""
_TAKEN = 0.3
"""The share of such a text that the extractor took: with less, it missed the text."""
_EQUAL, _FAR_MORE = 1.01, 1.2
"""The ratio of two bodies' letters up to which they count as equal, and above which one has far more."""
_extractions = count(1)
"""The number of each extraction in this process."""


def find_body(
    page: Page, told: Text | None, marked: Text | None, names: Sequence[str] = (), headlines: Sequence[str] = ()
) -> tuple[Text | None, tuple[Credit, ...]]:
    """Find the body, and the credits in the captions of its pictures.

    The body is the first of these that there is:

    1. The place where the page shows the text of the metadata, without blocks that this text does not have.
    2. The element that microdata mark, without blocks that look like furniture and that the extractor left out, too.
    3. What the extractor takes for the body.

    If that is less than half as long as the metadata's text, the body is this text, without markup: a page with a
    paywall, or one that is filled by its scripts, shows no more.

    Args:
        page: The page.
        told: The `articleBody` of JSON-LD.
        marked: The `articleBody` of microdata: markup, or plain text of a `meta`.
        names: The authors' names, which often stand on top of the body.
        headlines: The article's headlines, which often stand there, too.

    Returns:
        The body, or None, and the credits.
    """
    text = told or (marked if marked and not marked.html else None)
    found = _shown(page, text) or _marked(page, marked) or extracted(page)
    length = len(plain(found.value)) if found else 0
    if found is None or (text is not None and 2 * length < len(text.value)):
        return text or found, ()
    found = without_promos(without_byline(without_headline(found, headlines), names))
    return without_captions(without_loose_end(found))


def extracted(page: Page) -> Text | None:
    """Extract the body by the shape of the page; None: it has none."""
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
    """Make plain blocks of a body's tables that are there for the layout; a body without a table stays as it is."""
    if "<table" not in body:
        return body
    root = inside(fragment(body))
    open_tables(root)
    return inner_html(root)


def _best_shaped(root: HtmlElement) -> str:
    """Extract the body after text between blocks has been made paragraphs.

    Elements that a page writes in place of paragraphs become paragraphs, too, if the extractor then takes the same
    text, or far more. If it takes less, it leaves out text in other elements; if a little more, that is teasers.
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
    """Count the letters of a body outside of links."""
    if not body:
        return 0
    found = fragment(body)
    strip_elements(found, "a", with_tail=False)
    return sum(map(str.isalnum, plain(inner_html(found))))


def _by_shape(root: HtmlElement) -> str:
    """Extract the body with its pictures.

    When the extractor includes pictures, it also takes text that is not the body's. So it runs twice, and of the result
    with pictures only the text stays that is in the result without.
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
    """Extract a body with trafilatura, as markup; an empty string if it finds none, or fails.

    Args:
        root: The page, which stays as it is.
        images: Whether pictures are part of the body.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415 - costs 0.3 s, and not every page needs it
    from trafilatura.htmlprocessing import build_html_output  # noqa: PLC0415
    from trafilatura.meta import reset_caches  # noqa: PLC0415
    from trafilatura.settings import Document  # noqa: PLC0415

    try:
        found = bare_extraction(  # `extract` would add a fingerprint of the text, which takes as long as all the rest
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
    """Find the element with most text in paragraphs, if the extractor took hardly any of that, and it is far longer."""
    dense = _densest(root)
    if dense is None:
        return None
    text, other = words_of(dense), plain(body)
    is_long = len(text) > max(_LONG, 1.5 * len(other))
    linked = sum(len(words(it)) for it in islice(dense.iter("a"), 1_000))
    return dense if is_long and 3 * linked < len(text) and Witness(other).knows(text) < _TAKEN else None


def _shown(page: Page, text: Text | None) -> Text | None:
    """Find the place where the page shows a text; None: the text is too short, or the page does not show it."""
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
    """Clean the marked element by what the extractor takes; it stays whole if that is another text."""
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
    """Find the element with most text in paragraphs, if the extractor has made one paragraph of all of them."""
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
    """Whether the extractor has found no body: it has made one paragraph of what the page shows, mostly links."""
    if not _is_one_paragraph(body):
        return False
    told = plain(body)
    linked = {words(it) for it in islice(root.iter("a"), 1_000)}
    return 2 * sum(len(it) for it in linked if it in told) > len(told)


def _densest(root: HtmlElement, *holders: str) -> HtmlElement | None:
    """Find the element with most text in its own paragraphs, or directly in it if it is one of `holders`."""
    found: dict[HtmlElement, int] = defaultdict(int)
    for element in root.iter("p", *holders):
        holder = element.getparent() if element.tag == "p" else element
        if holder is not None:
            found[holder] += len((element.text or "").strip()) + sum(len((it.tail or "").strip()) for it in element)
    return max(found, key=found.__getitem__, default=None)


def _markup(page: Page, element: HtmlElement | None) -> Text | None:
    """Give what stands inside an element; None: there is no element, or nothing in it."""
    if element is None:
        return None
    markup = inner_html(element)
    return Text(value=markup, base=page.public_base) if markup.strip() else None
