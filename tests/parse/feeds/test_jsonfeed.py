import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.feeds import cases, expected, read, shown, stored
from syndicator.model.article import Origin
from syndicator.model.failure import FailureKind
from syndicator.model.social import Credit
from syndicator.parse import Unreadable

VERSION = "https://jsonfeed.org/version/1.1"


@pytest.mark.parametrize("path", cases("json"))
def test_json_feed_is_read_as_written_down(path: Path) -> None:
    assert shown(stored(path)) == expected(path)


def test_raw_bytes_are_the_item() -> None:
    item = {"id": "1", "content_text": "Ё", "_own": {"x": 1}}
    parsed = read(json.dumps({"version": VERSION, "items": [item]}))
    assert json.loads(parsed.entries[0].raw) == item


def test_a_byte_order_mark_is_no_part_of_it() -> None:
    (entry,) = read(f'\ufeff{{"version":"{VERSION}","items":[{{"id":"1","content_text":"a"}}]}}').entries
    assert entry.content is not None
    assert entry.content.value == "a"


def test_a_long_number_stays_the_id_it_is() -> None:
    digits = "9" * 5000
    (entry,) = read(f'{{"version":"{VERSION}","items":[{{"id":{digits},"content_text":"a"}}]}}').entries
    assert entry.guid == digits


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"', FailureKind.MALFORMED),
        ("[]", FailureKind.NO_FEED),
        ('{"status":"ok"}', FailureKind.NO_FEED),
    ],
    ids=["cut", "a list", "an answer of some service"],
)
def test_json_that_is_no_feed_says_so(body: str, kind: FailureKind) -> None:
    with pytest.raises(Unreadable, match="JSON") as failure:
        read(body)
    assert failure.value.kind is kind


@pytest.mark.parametrize("items", ["", ',"items":null', ',"items":"none"', ',"items":{"id":"1"}'])
def test_a_feed_without_a_list_of_items_is_told_from_an_empty_one(items: str) -> None:
    parsed = read(f'{{"version":"{VERSION}"{items}}}')
    assert (parsed.entries, parsed.warnings) == ((), ("The JSON Feed has no list of items.",))
    assert read(f'{{"version":"{VERSION}","items":[]}}').warnings == ()


def test_an_item_too_deep_costs_itself_alone() -> None:
    deep = "[" * 900 + "]" * 900
    parsed = read(f'{{"version":"{VERSION}","items":[{{"id":1,"x":{deep}}},{{"id":2}}]}}')
    assert [entry.guid for entry in parsed.entries] == ["2"]
    assert len(parsed.warnings) == 1


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = """
    id url external_url title content_html content_text summary image date_published authors author tags attachments
    language name mime_type size_in_bytes
"""
names = st.sampled_from(FIELDS.split())
strange = st.dictionaries(names, values | st.dictionaries(names, values), max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(strange | strange.map(lambda it: {"url": "https://a.example/1", **it}) | values, max_size=4))
def test_whatever_an_item_holds_it_is_read_or_left_out(items: list[object]) -> None:
    for entry in read(json.dumps({"version": VERSION, "items": items})).entries:
        assert entry.key


def test_json_that_is_no_feed_tells_what_it_has_and_how_it_can_be_read() -> None:
    with pytest.raises(
        Unreadable, match="not a JSON Feed, which has a version and a list of items: it has data, total"
    ) as failure:
        read('{"data":[{"id":1}],"total":1}')
    assert 'kind = "json"' in failure.value.remedy


def test_a_feed_of_ours_says_who_published_an_item_and_who_made_its_pictures() -> None:
    said = {
        "source": {"title": "НСН", "url": "https://nsn.example/rss", "feed_url": "https://nsn.example/rss"},
        "comments": "https://nsn.example/1#comments",
        "rights": {"mode": "full", "notice": "© НСН"},
        "credits": [{"role": "photographer", "name": "Ann Lee"}, {"role": "cook", "name": "Bo"}, {"role": ["x"]}, 7],
    }
    odd = {"source": {"title": "НСН", "url": "https://nsn.example/"}, "rights": [], "credits": {"role": 1}}
    items = [{"id": f"{at}", "_syndicator": it} for at, it in enumerate((said, odd, {}, 7, None))]
    ours, site, *nothing = read(json.dumps({"version": VERSION, "items": items})).entries
    assert ours.origin == Origin(id="", title="НСН", feed_url="https://nsn.example/rss")
    assert (ours.comments, ours.rights) == ("https://nsn.example/1#comments", "© НСН")
    assert ours.credits == (Credit(role="photographer", name="Ann Lee"),)
    assert site.origin == Origin(id="", title="НСН", site_url="https://nsn.example/")
    assert (site.rights, site.credits) == ("", ())
    assert all(it.origin in {None, Origin(id="", title="")} for it in nothing)
