"""What is in a generation: term -> postings, article -> text and words. The door through which `search` looks things up."""

import os

from index.generation import Generation, damaged
from index.segment import Segment


class Article:
    """One article: its number, and its stored fields; `path` is absolute, `title` is None where its source gave none."""

    __slots__ = ("body", "date", "display_title", "id", "lang", "number", "path", "title")

    def __init__(
        self,
        *,
        number: int,
        id: str,
        path: str,
        lang: str,
        title: str | None,
        display_title: str,
        body: str,
        date: str | None,
    ) -> None:
        self.number = number
        self.id = id
        self.path = path
        self.lang = lang
        self.title = title
        self.display_title = display_title
        self.body = body
        self.date = date

    def text(self, field: str) -> str:
        """The text of `title` or `body`, empty where there is none."""
        return (self.title or "") if field == "title" else self.body


class Store(Segment):
    """An open generation: its segment, and what its words and articles mean outside of it."""

    def __init__(self, generation: Generation) -> None:
        super().__init__(generation.path)
        self.generation = generation

    def term_of(self, word: str) -> str:
        """The term of a word of a question: as the vocabulary has it, else by analysis; empty where nothing of it is left."""
        known = self.known_term(word)
        if known is not None:
            return known
        from index.analysis.readings import term_among  # the stemmers take longer to load than most questions to answer
        from index.analysis.terms import bare, readings_of

        # What the corpus has decided of a word, written plainly, holds behind a conjunction and an article too.
        return self.known_term(bare(word)) or term_among(readings_of(word), self.articles_with)

    def articles_with(self, term: str) -> int:
        """In how many articles a term is, be it in the title or the body."""
        number = self.number_of(term)
        return 0 if number is None else self.article_frequency(number)

    def words(self, article: Article, field: str) -> tuple[list[int], list[int]]:
        """The term's number of each word of a field, in reading order; and the `bounds` of the words in the field's text."""
        tokens, bounds = self.tokens(field, article.number).tolist(), self.bounds(field, article.number)
        if bounds and bounds[-1] > len(article.text(field)):
            raise damaged(self.generation.folder, "its file offsets places words outside their text")
        return tokens, bounds

    def in_language(self, language: str) -> set[int]:
        """The articles in a language, such as `ar`."""
        number = self.number_of(language)
        return set() if number is None else set(self.postings("lang", number)[0])

    def number_of_article(self, id: str) -> int | None:
        """The number of the article with an id, None where there is none."""
        number = self.number_of(id)
        found = self.postings("id", number)[0] if number is not None else ()
        return found[0] if len(found) else None

    def article(self, number: int) -> Article:
        """The stored fields of an article."""
        stored = self.stored(number)
        return Article(
            number=number,
            id=stored["id"],
            path=os.path.normpath(os.path.join(self.generation.folder, stored["path"])),
            lang=stored["lang"],
            title=stored["title"] or None,
            display_title=stored["display_title"],
            body=stored["body"],
            date=stored["date"] or None,
        )
