"""The answer as plain text, for a pipe: nothing but characters, one line for what a program may want to cut."""

from search.hits import Results


def text(results: Results) -> str:
    """A hit as `path<TAB>score<TAB>title`, then its passage on a line that begins with two spaces; a blank line between."""
    return "\n".join(
        f"{hit.path}\t{hit.score:.2f}\t{hit.title}\n"
        + "".join(f"  {snippet.text}\n" for snippet in hit.snippets if snippet.field != "title")
        for hit in results.hits
    )
