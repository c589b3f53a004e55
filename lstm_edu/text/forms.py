"""The forms of the equations that chapters ask for.

They are the last time step, the homework and the plain RNN.
"""

from lstm_edu.text.equations import BACKWARD, FORWARD, RNN_BACKWARD, RNN_FORWARD, inlined
from lstm_edu.text.notation import GATES

NEXT = ["h_bar_next", "c_bar_next"]


LAST = inlined(BACKWARD, ["h_bar_loss"], zero=NEXT)


HOMEWORK = inlined(FORWARD, [f"z_{k}" for k in GATES], zero=[f"b_{k}" for k in GATES])


RNN = (RNN_FORWARD, RNN_BACKWARD)


PROGRAMS = {
    "any": (FORWARD, BACKWARD),
    "last": (FORWARD, LAST),
    "homework": (HOMEWORK, LAST),
    "rnn": RNN,
}
"""The two texts of each form, forwards and backwards."""


PASSED_ON = ["o_bar", "c_bar", *(f"{k}_bar" for k in "igf"), *(f"z_{k}_bar" for k in GATES)]
