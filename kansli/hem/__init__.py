"""The first page after logging in: what to do now, how the year stands, and the year's wheel."""
