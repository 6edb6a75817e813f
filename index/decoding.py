"""Which bytes are text."""


class UndecodableError(ValueError):
    """The bytes are not text that can be read; the message is the reason, as half a sentence."""


def decode(data: bytes) -> str:
    """The text of a UTF-8 file, without its byte order mark; raises `UndecodableError` for anything else."""
    if b"\0" in data:
        raise UndecodableError("binary, not text")
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UndecodableError(f"not UTF-8 text (byte 0x{data[error.start]:02X} at offset {error.start})") from None
