"""From text to words to terms; called alike for articles and for questions."""
