"""The indicator engine: TOML text and tables in, results out. Opens no file, reads no clock."""
