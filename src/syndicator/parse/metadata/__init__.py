"""Read a page's metadata (JSON-LD, microdata, Open Graph, `meta`), and put together what they say."""
