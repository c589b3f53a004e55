"""LSTM gradients: derived by SymPy, computed by NumPy, alive in the browser."""
