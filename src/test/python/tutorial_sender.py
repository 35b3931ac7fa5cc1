"""Sends JPEG frames the way the tutorials do: a 64-byte length, base64, a 64-byte time.

usage: tutorial_sender.py HOST PORT JPEG FRAMES [BYTES_OF_ONE_MORE]

Every frame is the picture with a comment of its own; its SHA-256 is printed once it is sent whole.
"""

import base64
import hashlib
import os
import socket
import sys
from datetime import datetime, timezone

host, port, path, frames = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
last = int(sys.argv[5]) if len(sys.argv) > 5 else 0
with open(path, "rb") as file:
    picture = file.read()


def frame(number):
    comment = f"{os.getpid()} {number}".encode()
    return picture[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + picture[2:]


with socket.create_connection((host, port)) as connection:
    for number in range(frames):
        image = frame(number)
        text = base64.b64encode(image)
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        connection.sendall(str(len(text)).encode("utf-8").ljust(64))
        connection.sendall(text)
        connection.sendall(now.isoformat(" ", "microseconds").encode("utf-8").ljust(64))
        print(hashlib.sha256(image).hexdigest(), flush=True)
    if last:
        text = base64.b64encode(frame(frames))
        connection.sendall(str(len(text)).encode("utf-8").ljust(64) + text[:last])
