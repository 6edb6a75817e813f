"""The one family of errors that a user can cause and can mend."""


class UserError(Exception):
    """One plain sentence that names the thing and the next step; the commands print it and exit 2."""


class UsageError(UserError):
    """The command line or the question cannot be taken as it stands."""


class SourceError(UserError):
    """The articles cannot be read at all: no such folder, or nothing in it to index."""


class NoIndexError(UserError):
    """There is no index where one was looked for."""


class DamagedIndexError(UserError):
    """The index is not whole, or another version wrote it; building it again cures it."""


class ForeignIndexError(UserError):
    """The folder is not a private index of this user; nothing in it was opened."""


class BusyIndexError(UserError):
    """Another process is building this index."""
