"""The checks of NeedleLog; ``python -m tests`` runs all of them."""
