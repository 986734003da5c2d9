"""Refusals in the words and the shapes of Google's two services."""

from __future__ import annotations

from typing import Any

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    405: "UNIMPLEMENTED",
    408: "DEADLINE_EXCEEDED",
    411: "INVALID_ARGUMENT",
    412: "FAILED_PRECONDITION",
    413: "INVALID_ARGUMENT",
    415: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
REASON = {
    400: "invalid",
    401: "authError",
    403: "forbidden",
    404: "notFound",
    409: "fileIdInUse",
    429: "rateLimitExceeded",
    500: "internalError",
    501: "notImplemented",
    503: "backendError",
}


class OfficeUnavailable(Exception):  # noqa: N818 - says a state of the folder, not a mistake
    """The folder cannot serve as an office now; the message says in Russian why and what to do."""


class OfficeBusy(OfficeUnavailable):
    """Another process holds the folder."""


class Refusal(Exception):  # noqa: N818 - an answer of the protocol, not a mistake of the program
    """An answer other than success: HTTP status, a sentence, Drive's reason and domain."""

    def __init__(self, status: int, message: str, reason: str = "", domain: str = "global") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.reason = reason or REASON.get(status, "invalid")
        self.domain = domain


def body_of(refusal: Refusal, *, drive: bool) -> dict[str, Any]:
    """Body of an error answer, in Drive's shape or in Sheets'."""
    error: dict[str, Any] = {"code": refusal.status, "message": refusal.message}
    if drive:
        error["errors"] = [{"domain": refusal.domain, "reason": refusal.reason, "message": refusal.message}]
    else:
        error["status"] = STATUS.get(refusal.status, "UNKNOWN")
    return {"error": error}


def missing_file(file_id: str) -> Refusal:
    """Drive's 404."""
    return Refusal(404, f"File not found: {file_id}.")


def missing_book() -> Refusal:
    """Sheets' 404."""
    return Refusal(404, "Requested entity was not found.")


def open_in_editor(name: str, *, book: bool) -> Refusal:
    """503 while somebody has the file open: a write would be lost at the editor's next save."""
    if book:
        return Refusal(503, f"Книга «{name}» открыта в редакторе. Закройте её и повторите.")
    return Refusal(503, f"Файл «{name}» открыт в редакторе. Закройте его и повторите.")


def read_only() -> Refusal:
    """403 for what a content restriction forbids: other bytes, another name."""
    return Refusal(403, "The file has a content restriction that makes it read only.", "contentRestricted")


def closed_to_writing(name: str) -> Refusal:
    """403 for a file that a person closed to writing: it is never replaced on the sly."""
    text = f"Файл «{name}» закрыт от записи. Снимите с него отметку «Только чтение» или дайте право записи и повторите."
    return Refusal(403, text, "insufficientFilePermissions")


def saved_meanwhile(name: str, *, book: bool) -> Refusal:
    """Refuse while somebody saves the file: a book may be tried again, a paper must be looked at first."""
    if book:
        return Refusal(
            503,
            f"Книгу «{name}» в это время сохраняет другая программа. Ничего не записано; повторите через минуту.",
        )
    text = f"Файл «{name}» в это время сохранил кто-то другой. Он не тронут; посмотрите на него и повторите."
    return Refusal(412, text, "conditionNotMet")


def too_large(name: str = "") -> Refusal:
    """400 for a book that would fill the memory and hold everyone else up."""
    told = f"Книга «{name}»" if name else "Присланная книга"
    return Refusal(
        400,
        f"{told} слишком велика: в ней больше 800 тысяч ячеек или 200 МБ. Уберите лишние листы и пустые строки с оформлением и сохраните её.",
    )
