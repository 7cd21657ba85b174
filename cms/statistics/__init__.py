"""Public figures: counted once when a quarter is over, protected, written down, never changed afterwards."""
