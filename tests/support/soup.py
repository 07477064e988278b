"""Markup as nobody should write it: pieces of tags, entities and text in any order, or too much of them."""

from hypothesis import strategies as st

NAMES = (
    "p div span b i a h1 h2 ul li table tr td caption blockquote pre br img section script style svg math form button"
    " font center dd dl ruby rt details summary video source select option template title noscript textarea code object"
).split()
ATTRIBUTES = (
    "",
    " href=x",
    ' href="http://a/b?c=1&d"',
    " src=i.png",
    " width=1",
    ' title="a>b"',
    " alt='q\"<'",
    " data-src=//x/y",
)
TEXTS = (
    "текст",
    " ",
    "\n",
    "&nbsp;",
    "&amp;",
    "&#13;",
    "&#1;",
    "<!-- c -->",
    "<",
    ">",
    "&",
    '"',
    "<br>",
    "\0",
    "\ud800",
    "<a",
)
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(NAMES)),
    st.sampled_from(TEXTS),
    st.text(max_size=4),
)
SOUP = st.lists(PIECES, max_size=30).map("".join)


BOMBS = {
    "nesting": "<div>" * 100_000,
    "lists": "<ul><li>" * 50_000,
    "stray ends": "<b></p>" * 50_000,
    "ampersands": "&" * 500_000,
    "references": "&amp;" * 200_000,
    "less-than": "<" * 200_000,
    "signs": "«" * 500_000,
    "non-breaking spaces": "<p>" + "\xa0" * 500_000,
    "attributes": "<p " + " ".join(f"a{i}" for i in range(100_000)) + ">",
    "quotes": "<a b='" * 50_000 + '<a b="' * 50_000,
    "comments": "<!--" * 200_000,
}
"""What costs a careless parser quadratic time, by what it has too much of."""


def squeezed(text: str) -> str:
    """Without white space."""
    return "".join(text.split())
