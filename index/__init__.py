"""Prepares a search index: seed files -> documents -> words and terms -> a generation on disk.

`search` imports this package and only looks things up; nothing here knows of `search`.
"""

import warnings

__version__ = "0.1.0"

# Whoosh 2.7.4 is older than the warnings of today's compilers. Where an installer leaves compiling to the first run, Python
# 3.12 and later would print eight of them in front of the first answer.
warnings.filterwarnings("ignore", category=SyntaxWarning, module=r".*\bwhoosh\b")
