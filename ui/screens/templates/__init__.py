"""The clinic's own wording of its papers: written beside the shipped one, seen as it prints, kept by versions."""
