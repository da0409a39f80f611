"""The demonstration: invented people, invented organisations, and the letters between them."""


class DemoFailed(Exception):
    """Something did not go as it should; the words say what."""
