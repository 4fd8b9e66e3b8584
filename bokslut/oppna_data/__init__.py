"""What others may take: files to download, their catalogue and schema, pictures and cards."""
