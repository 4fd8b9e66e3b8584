"""Good examples: written, gone through by somebody else for what may point a person out, and published with consent."""
