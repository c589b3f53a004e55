"""The figure of many steps, beside a plain RNN."""
