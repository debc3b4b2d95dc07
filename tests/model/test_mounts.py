"""Which file system holds a path, from a given mountinfo."""

from pathlib import Path

import pytest

from tui_plan.model.errors import DatabaseProblem
from tui_plan.model.mounts import MOUNTINFO, file_system, is_network, refuse_network

LINES = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw
30 22 0:25 / /srv rw,relatime shared:2 master:1 - nfs4 server:/export rw,vers=4.2
31 22 0:26 / /srv/local rw,relatime - xfs /dev/sdb1 rw
32 22 0:27 / /mnt/two\040words rw - cifs //server/share rw
33 22 0:28 / /home/ana/cloud rw - fuse.sshfs server: rw
34 22 0:29 / /auto rw - autofs systemd-1 rw
35 34 0:30 / /auto rw - nfs server:/auto rw
36 22 0:31 / /usb rw - fuseblk /dev/sdc1 rw

"""


@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/home/ana/plan.db", "ext4", False),
        ("/srv/plan.db", "nfs4", True),
        ("/srvother/plan.db", "ext4", False),
        ("/srv/local/plan.db", "xfs", False),
        ("/mnt/two words/plan.db", "cifs", True),
        ("/home/ana/cloud/deep/plan.db", "fuse.sshfs", True),
        ("/auto/plan.db", "nfs", True),
        ("/usb/plan.db", "fuseblk", False),
    ],
)
def test_the_deepest_and_last_mount_counts(tmp_path: Path, path: str, kind: str, network: bool) -> None:
    mountinfo = tmp_path / "mountinfo"
    mountinfo.write_text(LINES)
    assert file_system(Path(path), mountinfo) == kind
    assert is_network(kind) is network


def test_where_it_cannot_be_told_nothing_is_refused(tmp_path: Path) -> None:
    assert file_system(tmp_path, tmp_path / "missing") == ""
    assert not is_network("")


def test_this_machine_tells_if_it_is_linux(tmp_path: Path) -> None:
    assert bool(file_system(tmp_path)) is MOUNTINFO.exists()


def test_the_refusal_says_what_to_do(tmp_path: Path) -> None:
    mountinfo = tmp_path / "mountinfo"
    mountinfo.write_text(LINES)
    refuse_network(Path("/home/ana/plan.db"), mountinfo)
    with pytest.raises(DatabaseProblem, match=r"network file system \(nfs4\).*Move it to a local disk"):
        refuse_network(Path("/srv/plan.db"), mountinfo)
