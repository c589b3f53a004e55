"""The same cells in NumPy, written by hand: the LSTM, the plain RNN, the fast layer."""
