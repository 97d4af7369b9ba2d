"""How a check ends early."""

from credentials.verification.verdict import Outcome


class RefusedError(Exception):
    """A check ends here, failed or unknown, with a code of `codes.CODES`."""

    def __init__(self, code: str, outcome: Outcome = Outcome.FAILED, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.outcome, self.detail = code, outcome, detail
