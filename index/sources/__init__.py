"""From the places a user names to articles: which files there are, and how each kind of file holds articles."""
