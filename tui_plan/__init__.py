"""tui-plan keeps a partnership's implementation plan off the shelf.

Layers, from the bottom: ``model`` (what is kept), then ``operations`` (what may be done), ``insight`` (what it
means) and ``exchange`` (how it travels), then ``cli``, ``screens``, ``widgets`` and ``app``.
Importing this package costs nothing: it loads no library.
"""

__version__ = "0.1.0"
