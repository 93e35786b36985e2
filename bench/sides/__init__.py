"""The programs that are measured, each in a process of its own, started with the server's URL."""
