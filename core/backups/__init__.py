"""One encrypted file that holds everything but the keys, and the way back from it.

What was deleted after a backup was made is deleted again before the restored instance is served: see `core.deletions`.
"""

from core.backups.again import after_restore
from core.backups.making import back_up
from core.backups.restoring import RestoreRefused, restore
from core.backups.rows import leave_out

__all__ = ["RestoreRefused", "after_restore", "back_up", "leave_out", "restore"]
