"""Decode a recording and write it anew as MP3: titles, places, dates, devices and hidden tracks are gone."""

import io
import wave

import av

from core.cleaning.reasons import FILM, NOT_READABLE, NotCleaned

RATE, BITS = 24_000, 48_000
"""Enough for a voice: words stay clear, and an hour weighs about 20 MB."""
__all__ = ["NotCleaned", "clean", "prepare"]


def prepare() -> None:
    """Load what decoding needs, before the walls close."""
    av.logging.set_level(None)
    silence = io.BytesIO()
    with wave.open(silence, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    clean(silence.getvalue())


def clean(data: bytes) -> tuple[bytes, str]:
    """Return the recording as a new MP3; raises NotCleaned. A film is not cleaned: faces and rooms stay in it."""
    out = io.BytesIO()
    try:
        with av.open(io.BytesIO(data), "r", metadata_errors="ignore") as source:
            if not source.streams.audio:
                raise NotCleaned(FILM if source.streams.video else NOT_READABLE)
            if any(not stream.disposition & stream.disposition.attached_pic for stream in source.streams.video):
                raise NotCleaned(FILM)
            _copy(source, out)
    except (av.FFmpegError, ValueError, OSError, EOFError) as error:
        raise NotCleaned(NOT_READABLE) from error
    return out.getvalue(), "mp3"


def _copy(source: "av.container.InputContainer", out: io.BytesIO) -> None:
    heard = source.streams.audio[0]
    heard.codec_context.thread_count = 1
    frames = 0
    with av.open(out, "w", format="mp3", options={"id3v2_version": "0"}) as target:
        stream = target.add_stream("libmp3lame", rate=RATE, layout="mono")
        stream.bit_rate = BITS
        same = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=RATE)
        for frame in source.decode(heard):
            frames += 1
            frame.pts = None
            for piece in same.resample(frame):
                target.mux(stream.encode(piece))
        if not frames:
            raise NotCleaned(NOT_READABLE)
        for piece in same.resample(None):
            target.mux(stream.encode(piece))
        target.mux(stream.encode(None))
