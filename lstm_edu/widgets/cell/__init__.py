"""The figure of one step of an LSTM cell."""
