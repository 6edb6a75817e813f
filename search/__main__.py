"""`python -m search` is the command `search`."""

import sys

from search.cli import main

sys.exit(main())
