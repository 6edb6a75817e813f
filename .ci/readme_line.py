"""Prints the command line that stands in the README under `<!-- NAME -->`, so that what is promised is what is run."""

import re
import sys
from pathlib import Path

readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
found = re.findall(rf"^<!-- {re.escape(sys.argv[1])} -->\n```sh\n(.+)\n```$", readme, re.MULTILINE)
if len(found) != 1:
    sys.exit(f"README.md has {len(found)} command lines named {sys.argv[1]}, not one")
print(found[0])
