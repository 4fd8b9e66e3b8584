"""Helårspersoner: SCB's figures fetched, looked at, and handed over to a year's bokslut."""
