"""The installation itself: who it is, its backups, what was adopted, whether messages are paused."""
