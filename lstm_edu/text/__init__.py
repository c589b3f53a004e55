"""The equations, and what is read from them: derivations, proofs, LaTeX, JavaScript (SymPy)."""
