"""How the answer box reads a line: what is certain silently, what is a convention as an offer.

The lines are our own, one for each notation, with what they mean in the book's spelling.
"""

import pytest

from lstm_edu.text.authors import AUTHORS
from tests.node import ask
from tests.widgets.answer_cases import question

C_BAR = "h_bar * o * (1 - tanh(c)**2) + c_bar(t+1) * f(t+1)"
SURE = r"""
\bar{c}_t g_t => c_bar * g
c̄_t g_t => c_bar * g
\overline{c}\, g => c_bar * g
{\bar c} g => c_bar * g
\bar{z_i} x => z_i_bar * x
\bar{z}^{(t)}_i x => z_i_bar * x
$\bar{\mathbf{h}}^{(t)} \odot \mathbf{o}^{(t)}$ => h_bar * o
\(\bar h^{\langle t \rangle} \circ \tanh c^{\langle t \rangle}\) => h_bar * tanh(c)
\frac{\partial L}{\partial c_t} \, c_{t-1} \tag{3} => c_bar * c_prev
\dfrac{\partial\mathcal{L}}{\partial\mathbf{c}^{(t)}} \tilde{c}_t => c_bar * g
\nabla_{h_t} L \cdot \tanh(c_t) => h_bar * tanh(c)
\left(1 - \tanh^{2}\left(c^{(t)}\right)\right) \quad o => (1 - tanh(c)**2) * o
\operatorname{sigmoid}(z_o) => sigma(z_o)
\frac{\partial h_t}{\partial o_t} \bar h => tanh(c) * h_bar
\underbrace{\bar c}_{\text{memory}} f => c_bar * f
\sum_{t=1}^{T} \bar z_i^{(t)} x^{(t)} => z_i_bar * x
\sum_k \bar z_k w_{kh} => z_i_bar * w_ih + z_f_bar * w_fh + z_o_bar * w_oh + z_g_bar * w_gh
\sum_n \bar z_i x => z_i_bar * x
\omega_{i_x} x => w_ix * x
\frac{\partial L}{\partial c_t} \frac{\partial c_t}{\partial z_i} => c_bar * g * i * (1 - i)
\boxed{\bar{g}_t = \bar c_t \odot i_t} => c_bar * i
dL/dc * g => c_bar * g
dL_dc * g => c_bar * g
∂E/∂hₜ ⊙ tanh(cₜ) => h_bar * tanh(c)
c⁽ᵗ⁻¹⁾ ∂L/∂c⁽ᵗ⁾ => c_prev * c_bar
c̄ ∘ cₜ₋₁ => c_bar * c_prev
𝑐̄ · 𝑔 => c_bar * g
ｃ̄ ＊ｇ => c_bar * g
c_bar⁢g => c_bar * g
c_bar\u200b * g => c_bar * g
c_bar[t] * c[t-1] => c_bar * c_prev
c_bar[:, t] .* c(:, t-1) => c_bar * c_prev
c_bar @ g.T => c_bar * g
np.dot(c_bar, g.T) => c_bar * g
torch.mul(c_bar, torch.tanh(z_g)) => c_bar * tanh(z_g)
self.h_bar * np.tanh(self.c) => h_bar * tanh(c)
h_bar * o * (1. - np.square(np.tanh(c))) => h_bar * o * (1 - tanh(c)**2)
h_bar * o * (1 - tanh(c).pow(2)) => h_bar * o * (1 - tanh(c)**2)
h_bar * o * (1 - std::pow(tanhf(c), 2)) => h_bar * o * (1 - tanh(c)**2)
g_bar * g[t].map(|v| 1.0 - v * v) => g_bar * (1 - g * g)
i_bar * i.map(|&v| v * (1.0 - v)) => i_bar * i * (1 - i)
h_bar .* o .* (1 - tanh(c).^2); => h_bar * o * (1 - tanh(c)**2)
c_bar := h_bar * o # the last step => h_bar * o
c_bar ← h_bar * o => h_bar * o
c_bar == h_bar * o => h_bar * o
float c_bar = h_bar * o; => h_bar * o
`i_bar = c_bar * g` is the product rule => c_bar * g
i_bar / (1 + e^{-z_i}) => i_bar / (1 + exp(-z_i))
h bar times tanh of c => h_bar * tanh(c)
c bar times i times (1 minus g squared) => c_bar * i * (1 - g**2)
W_{xi} \bar z_i => w_ix * z_i_bar
c_bar¹ => c_bar**1
∂L/∂o₃ = ∂L/∂h₃ · tanh(c₃) + c₂ => h_bar * tanh(c) + c_prev
(2) ∂L/∂i_t = ΔL/Δc_t · g_t => c_bar * g
// the input gate: c_bar . g => c_bar * g
// i_bar = c_bar . g     - as above => c_bar * g
if (t < n) c_bar = h_bar * (t ? o : 0) => h_bar * o
c_bar * {\sigma}(z_i) => c_bar * sigma(z_i)
c_bar = this->h_bar[k] * (*o)[k] => h_bar * o
i_bar = cells[t].c_bar * cells[t - 1].c => c_bar * c_prev
o_bar cdiv (double) f => o_bar / f
h_bar * (c[t-1] if t > 0 else zeros(n)) => h_bar * c_prev
\bar c_t \odot f_t \quad \text{(one step back)} => c_bar * f
\bar c_t \odot f_t \in \mathbb{R}^n => c_bar * f
overline(c)_t dot.op f_(t) => c_bar * f
c_bar[m] * c[m - 1] => c_bar * c_prev
c_bar * c[prev] * prevState.c * c_prev.clone() => c_bar * c_prev * c_prev * c_prev
c_bar[b * H + j] * lstm_prev->h[b * H + j] => c_bar * h_prev
c_bar[t][h] * (o - 1)[0] => c_bar * (o - 1)
h_bar = o  - f => o - f
h[f] => h * f
(* one *) c_bar *. c_prev => c_bar * c_prev
\bar f \stackrel{\text{def}}{=} \bar c c => c_bar * c
c_bar⁺ ∂c_{t+1}/∂c_t => c_bar(t+1) * f(t+1)
"""
ASKED = r"""
\delta^c_t \odot i_t => c_bar * i
\delta^{c}_t i_t => c_bar * i
\epsilon^t_c \cdot g^t => c_bar * g
dc * g => c_bar * g
dC_t ⊙ c̃_t => c_bar * g
\delta c_t \odot \tilde{c}_t => c_bar * g
grad_c * c_prev => c_bar * c_prev
c.grad * c_prev => c_bar * c_prev
di * i * (1 - i) => i_bar * i * (1 - i) | z_i_bar * i * (1 - i)
dzf * x => z_f_bar * x
d_forget_raw * x => z_f_bar * x
\Gamma_o \, \bar h => o * h_bar
np.tanh(c_next) * h_bar => tanh(c) * h_bar
dc_next * f => c_bar_next * f | c_bar(t+1) * f | c_bar * f
tanh_c * h_bar => tanh(c) * h_bar
a_o + b_o => z_o + b_o
c_bar*c_t-1 => c_bar * c_prev | c_bar * c - 1
1,000*c_bar => 1000 * c_bar | 1 * c_bar
tanh z_i/2 => tanh(z_i) / 2 | tanh(z_i / 2)
tanh c f => tanh(c) * f | tanh(c * f)
tanh2(c) => tanh(c)**2
i/f o => i / f * o | i / (f * o)
c 2 => c * 2 | c**2
f_bar σ'(f) => f_bar * f * (1 - f) | f_bar * sigma'(f)
h_bar dtanh(c) => h_bar * (1 - c**2) | h_bar * tanh'(c)
o_bar = h_bar * c = h_bar * tanh(c) => h_bar * tanh(c) | h_bar * c
z_i_bar *= i * (1 - i) => i_bar * i * (1 - i)
c_bar g = i_bar => c_bar * g | i_bar
c_bar = 1; c_bar = g => 1 | g
c_bar += h_bar * o => h_bar * o | c_bar_next + h_bar * o
dc = dc * f + dh => c_bar_next * f + h_bar | c_bar(t+1) * f + h_bar | c_bar * f + h_bar
\bar z_i [h_{t-1}, x_t]^T => z_i_bar * h_prev | z_i_bar * x
c̄(t) x g(t) => c_bar * g | c_bar * x * g
ho => h * o | o
∂L/∂c_T f => c_bar * f
c_bar = o, h_bar = c => o | c
ŷ - y => h - y
c_bar * dc => g * c_bar | c_bar * c_bar
\bar{h}^{(T)} o => h_bar * o
h̄ o (I - g^2) => h_bar * o * (1 - g**2) | h_bar * o * (i - g**2)
c̄ x g => c_bar * g | c_bar * x * g
c_bar * c0 => c_bar * c_prev
c_bar * c_in => c_bar * c_prev | c_bar * c
c_bar * sigmoid(f, deriv=True) => c_bar * f * (1 - f) | c_bar * sigma'(f)
c_bar * Sigmoid.derivative(f) => c_bar * f * (1 - f) | c_bar * sigma'(f)
cell error * previous cell => c_bar * c_prev
Wf[:, n:] * c => w_fx * c | w_fh * c
carry * f => h_bar * f | c_bar * f | h_bar_loss * f | c_bar_next * f | h_bar_next * f
cellErr[b][n] * ia[b][n] => c_bar * i | c_bar * z_i
dLossdC{t} .* tanhPrime(netG) => c_bar * tanh'(z_g)
o * diff_h => o * h_bar
∂L/∂c_t ⊙ C'_t => c_bar * g | c_bar * c
df_t = dc_t o c(t-1) => c_bar * c_prev | c_bar * o * c_prev
w_ih_bar = z_i_bar * h => z_i_bar * h_prev | z_i_bar * h
c_bar <- c_bar + h_bar => c_bar_next + h_bar | c_bar(t+1) + h_bar | c_bar + h_bar
dC_t \mathrel{+}= h_bar => h_bar | c_bar_next + h_bar
\delta_{t+1}^c f_{t+1} => c_bar(t+1) * f(t+1) | c_bar_next * f(t+1)
dW["f"] += z_f_bar * vstack((h_prev, x)) => z_f_bar * h_prev | z_f_bar * x
g_f = e_h * c_prev => h_bar * c_prev
∂o_t = ∂h_t · tanh(c_t) => h_bar * tanh(c)
grads["c"] * grads.c => c_bar * c_bar
dh = Why.T @ dy + h_bar_next => h_bar_loss + h_bar_next
\nabla c_t \odot f_t => c_bar * f
delta(c) * c_prev => c_bar * c_prev
"""


def rows(text: str) -> list[tuple[str, list[str]]]:
    """The lines of a text, each with what it means."""
    pairs = [line.split(" => ") for line in text.strip().splitlines()]
    return [(line.replace(r"\u200b", "\u200b"), means.split(" | ")) for line, means in pairs]


@pytest.mark.parametrize(("line", "means"), rows(SURE))
def test_what_is_certain_is_taken_silently(line: str, means: list[str]) -> None:
    assert ask("answer/verdict", "spell", line, names()) == {"line": means[0]}


@pytest.mark.parametrize(("line", "means"), rows(ASKED))
def test_what_is_a_convention_is_offered_and_never_guessed(line: str, means: list[str]) -> None:
    said = ask("answer/verdict", "line", line, question("c_bar"))
    assert said["unread"] and not said.get("right")
    assert said["write"].split(" or ") == [f"“{one}”" for one in means]


def test_two_unknown_words_are_not_guessed_at() -> None:
    assert not ask("answer/reading", "read", "carry * other", names()).get("offer")


def names() -> list[str]:
    return [name for name in ask("answer/verdict", "rows", {})[0] if not name.endswith("(t+1)")]


@pytest.mark.parametrize("whose", AUTHORS)
def test_the_letters_of_an_author_are_certain_once_chosen(whose: str) -> None:
    how = dict(whose=whose, plan={})
    for own, means in AUTHORS[whose]["letters"].items():
        line = own.replace("K", "o")
        read = ask("answer/reading", "read", line, names(), 400, how)
        meant = ask("answer/reading", "read", means.replace("K", "o"), names())
        assert [read["tree"].get(k) for k in ("op", "v")] == [
            meant["tree"].get(k) for k in ("op", "v")
        ], line
