"""Keep what people typed, their addresses and their browsers out of the logs."""

import logging


class WithoutPersonalData(logging.Filter):
    """Drop the request from log records and shorten a traceback to its type and place.

    A traceback's last line may hold what a worker wrote; where it happened is enough to mend it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean one record; always let it through."""
        for name in ("request", "sql", "params"):
            if hasattr(record, name):
                setattr(record, name, None)
        if record.exc_info and record.exc_info[0] is not None:
            kind, _error, trace = record.exc_info
            frames = []
            while trace is not None:
                code = trace.tb_frame.f_code
                frames.append(f"{code.co_filename}:{trace.tb_lineno}")
                trace = trace.tb_next
            record.msg, record.args = f"{record.getMessage()} [{kind.__name__} at {' < '.join(frames[::-1][:6])}]", ()
            record.exc_info, record.exc_text = None, None
        return True
