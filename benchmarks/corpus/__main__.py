"""`python -m corpus FOLDER [SOURCES]`, in benchmarks/: write a corpus to look at."""

import sys
from pathlib import Path

from corpus import write

write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
