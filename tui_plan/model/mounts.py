"""Which kind of file system holds a file, as Linux tells it: locks cannot be trusted across a network.

See proc_pid_mountinfo(5) for the lines. ``model.database`` and ``operations.upkeep`` ask here.
"""

import re
from pathlib import Path

from tui_plan.model.errors import DatabaseProblem

MOUNTINFO = Path("/proc/self/mountinfo")
# fmt: off
_NETWORK = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs",
    "nfs", "nfs4", "orangefs", "panfs", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs",
})
_NETWORK_DRIVERS = frozenset({
    "ceph", "davfs2", "gcsfuse", "glusterfs", "goofys", "gvfsd-fuse", "rclone", "s3fs", "sshfs",
    "vmhgfs-fuse",
})
# fmt: on
_ESCAPED = re.compile(r"\\([0-7]{3})")


def refuse_network(path: Path, mountinfo: Path = MOUNTINFO) -> None:
    """Raise ``DatabaseProblem`` when ``path`` lies on a network file system."""
    kind = file_system(path, mountinfo)
    if is_network(kind):
        raise DatabaseProblem(
            f"{path} lies on a network file system ({kind}), where locks cannot be trusted. "
            "Move it to a local disk, or insist with --network-disk."
        )


def file_system(path: Path, mountinfo: Path = MOUNTINFO) -> str:
    """Return the type of the file system that holds ``path``, or an empty string where it cannot be told."""
    try:
        lines = mountinfo.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    except OSError:
        return ""
    real = path.resolve()
    best, kind = -1, ""
    for line in filter(None, lines):
        before, _, after = line.partition(" - ")
        mount = Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), before.split()[4]))
        depth = len(mount.parts)
        if real.is_relative_to(mount) and depth >= best:
            best, kind = depth, after.split()[0]
    return kind


def is_network(kind: str) -> bool:
    """Whether a type of file system lies across a network, or passes on to one that may."""
    return kind in _NETWORK or (kind.startswith("fuse.") and kind.removeprefix("fuse.") in _NETWORK_DRIVERS)
