"""Asking every running server process to render its pressed pages again and compare."""

import asyncio
from dataclasses import dataclass

from dateline.config.errors import StartRefused
from dateline.config.neighbours import Told, answer_as, ask_all
from dateline.config.settings_in_force import home
from dateline.press.front import PressFront

PATIENCE_SECONDS = 120.0


class NotRunning(StartRefused):
    """No server process answers."""

    code = "not-running"
    sentence = "No newsroom runs on {folder}; start it with `dateline run`."


@dataclass(frozen=True, slots=True)
class Report:
    """What the processes found: how many pages were compared, and which differ."""

    processes: int
    pages: int
    differing: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the report for a person."""
        lines = [f"{self.pages} pages in {self.processes} process(es) rendered again."]
        lines += [f"Differs: {key}" for key in self.differing]
        return "\n".join(lines if self.differing else [*lines, "All are as fresh as new."])


async def answer_verify(front: PressFront) -> asyncio.AbstractServer:
    """Let `dateline press verify` ask this process."""

    async def tell() -> Told:
        pages = len(front.store.pages)
        return {"pages": pages, "differing": await front.verify()}

    return await answer_as("press", tell)


def verify_press() -> Report:
    """Ask every server process of the data folder.

    Raises:
        NotRunning: none answers.
    """
    answers = ask_all("press", patience=PATIENCE_SECONDS)
    if not answers:
        raise NotRunning(folder=home())
    differing = sorted({key for found in answers for key in found["differing"]})
    pages = sum(found["pages"] for found in answers)
    return Report(len(answers), pages, tuple(differing))
