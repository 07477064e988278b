"""How near the reading of article pages comes to the truth: `benchmarks/extraction.py [FOLDER]`.

The folder holds pages, `NAME.html`, each beside its truth, `NAME.json`: `url`, `title`, `published` (RFC 3339 in UTC,
or a day), `authors`, `section`, `image`, `canonical`, and `text`, a list of paragraphs. Without a folder: the pages of
our tests.
"""

import logging
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.truth_of_pages import PAGES, cases, score, table

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
pages = cases(Path(sys.argv[1]) if sys.argv[1:] else PAGES)
if not pages:
    sys.exit("There is no page with a truth beside it.")
score(pages[0])  # what is loaded when it is first needed
begun = time.process_time()
scores = [score(page) for page in pages]
spent = time.process_time() - begun
print(*table(scores), sep="\n")
size = sum(len(page.body) for page in pages) / len(pages) / 1000
print(f"CPU        {1000 * spent / len(pages):.0f} ms a page of {size:.0f} KB")
