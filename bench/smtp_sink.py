"""A mail server that takes everything and notes for whom: `python -m bench.smtp_sink FILE`.

Prints its port. Each recipient is one line of the file, written before the letter is answered for,
so that what it took is known whatever becomes of the sender.
"""

import asyncio
import sys
from pathlib import Path

LIMIT = 1 << 20


class Sink:
    """Conversations with senders, and the file of recipients."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        to = b""
        try:
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb == b"RCPT":
                    to = line[line.find(b"<") + 1 : line.find(b">")]
                writer.write(_ANSWERS.get(verb, b"250 Fine\r\n"))
                if verb == b"DATA":
                    await reader.readuntil(b"\r\n.\r\n")
                    self._file.write(to + b"\n")
                    writer.write(b"250 Taken\r\n")
                elif verb == b"QUIT":
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


_ANSWERS = {
    b"EHLO": b"250-sink\r\n250 PIPELINING\r\n",
    b"DATA": b"354 Go on\r\n",
    b"QUIT": b"221 Bye\r\n",
}


async def serve(path: Path) -> None:
    """Listen on a free port until the process is ended."""
    sink = Sink(path)
    server = await asyncio.start_server(sink.talk, "127.0.0.1", 0, limit=LIMIT)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
