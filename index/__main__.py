"""`python -m index` is the command `index`."""

import sys

from index.cli import main

sys.exit(main())
