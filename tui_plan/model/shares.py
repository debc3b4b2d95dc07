"""Shares as people read them, in whole per cent. Everything that shows a share asks here, so that all round alike."""


def whole_percent(share: float) -> int:
    """Return a share from 0 to 1 in whole per cent, 100 only when it is all."""
    return 100 if share >= 1 else min(round(share * 100), 99)
