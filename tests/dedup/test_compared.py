"""What is compared of an article."""

from support.texts import BODY, STORY
from syndicator.dedup.compared import content
from syndicator.dedup.near import compare
from syndicator.model.article import Article
from syndicator.model.noun import replace


def test_an_articles_links_are_compared_in_canonical_form() -> None:
    html = '<p><a href="https://a.example/1?utm_source=x&amp;b=1#c">x</a> <a href="mailto:a@b">y</a></p>'
    it = content(Article(source_id="s", key="k", html=html, external_url="https://c.example/?fbclid=1"))
    assert it.links == ("https://c.example/?fbclid=1", "https://a.example/1?utm_source=x&b=1#c", "mailto:a@b")
    owner = replace(STORY, url="https://a.example/1?b=1")
    comment = replace(it, title="", text="Вот что я об этом думаю, и думаю давно. " + BODY)
    assert compare(owner, comment).against == "one links to the other, and comments on it"
