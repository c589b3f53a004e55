"""T steps of any model, and the backward sweep over them."""
