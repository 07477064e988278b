"""How well copies of an article are told from other articles: `python -m benchmarks.dedup`."""
