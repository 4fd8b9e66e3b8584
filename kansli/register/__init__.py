"""The register's pages: rows, insatser, import, the year's flow, sums, files. Whoever sees rows is logged."""
