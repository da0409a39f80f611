"""What the gate says no with, inside a worker process and on the way out of it.

`PdfRefused` says the same to the house. It lives among the ports, whose imports would make
every worker several times as large.
"""


class Refusal(Exception):
    """The file cannot be taken in. Everything in it is our own wording, nothing of the file's.

    :ivar code: one of the codes of `PdfRefused`
    :ivar page: the page it is about, if any
    """

    def __init__(self, code: str, detail: str, page: int | None = None) -> None:
        super().__init__(code, detail, page)
        self.code = code
        self.detail = detail
        self.page = page
