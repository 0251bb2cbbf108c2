"""The line of a demonstration: each letter a file, sent to nobody."""

from uuid import uuid4

from dateline.common import clock, house


class FolderLine:
    """Writes letters into the data folder's `mail`, as `people.mail_folder` does."""

    def hand_over(self, *, sender: str, to: str, data: bytes) -> str:
        """Write one letter."""
        folder = house.mail_folder()
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{clock.now():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.eml"
        (folder / name).write_bytes(data.replace(b"\r\n", b"\n"))
        return name

    def close(self) -> None:
        """Do nothing."""
