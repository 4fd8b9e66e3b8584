"""How fast it is, told as one table: `make bench`. Nothing here is a test; a miss is printed, never raised.

Every measured thing runs in a process of its own with two threads, several rounds in turn, and is held against named
alternatives on the same data in the same run. What differs in the answers, however, does raise.
"""
