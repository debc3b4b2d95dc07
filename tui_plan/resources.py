"""Where the files that travel with the program are: in the installed package, or at the top of the repository.

Any layer may ask. It reads nothing itself.
"""

from pathlib import Path


def resource_folder(name: str) -> Path:
    """Return the folder ``styles`` or ``sample_data``, beside the package's modules or one level above them."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def style_file(name: str) -> Path:
    """Return the style sheet called ``name``, such as ``app.tcss``."""
    return resource_folder("styles") / name
