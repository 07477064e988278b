"""What a page says of itself for machines: JSON-LD, microdata, Open Graph, `meta`; read, and put together."""
