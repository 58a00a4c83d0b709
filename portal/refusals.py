"""Why something was not done, in a sentence for the one who tried."""


class Refused(Exception):
    """Nothing was changed; the sentence is shown as it is, with the status code that a view answers."""

    status = 403

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
