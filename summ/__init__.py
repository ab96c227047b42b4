"""summ: summaries, key claims and translations of articles that can be checked."""

from summ._version import __version__

__all__ = ["__version__"]
