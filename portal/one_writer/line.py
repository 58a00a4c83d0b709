"""A line in which one has the turn, and hands it to whoever has waited longest."""

import threading
from collections import deque


class Line:
    """Unlike a lock it never lets somebody push in who comes as the turn is free again."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False

    def enter(self, seconds: float) -> bool:
        """Wait for the turn, so long at most; whether it came."""
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return True
            called = threading.Lock()
            called.acquire()
            self._waiting.append(called)
        if called.acquire(timeout=seconds):
            return True
        with self._mutex:
            if called in self._waiting:
                self._waiting.remove(called)
                return False
        # The turn was handed over in the last moment.
        return True

    def leave(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
