"""Publishing: what stands in the way, two persons who approve, a version that is sealed, and its corrections."""
