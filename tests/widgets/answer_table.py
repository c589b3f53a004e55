"""The answer key's lines as readers spell them, right and wrong.

For each wrong one stands the key of what the box must say to it.
One text a gradient: spellings of the right line above the rule, `key: line` below it.
K is the gate.
"""

C = "h̄ o (1 − tanh²c) + c̄(t+1) f(t+1)"
TABLE = {
    "o_bar": """
h_bar * tanh(c) | h̄ tanh c | h̄·h/o | tanh(c) h_bar | h_bar*h/o | ∂L/∂h tanh(c)
(h − y + h_bar_next) tanh c
h̄ tanh(f c_prev + i g) | \\bar{h}^{(t)} \\tanh(c^{(t)}) | h̄(t) × tanh(c(t))
(h_bar_loss + h_bar_next) * tanh(c) | h̄ (exp(c)-exp(-c))/(exp(c)+exp(-c))
---
no-tanh: h̄ c | negative: -h̄ tanh c | own-factor-o: h̄ o | old-memory: h̄ tanh(c_prev)
h-for-tanh-c: h̄ h | tanh-twice: h̄ tanh(tanh(c))
sum-for-product: h̄ + tanh c | multiple: 2 h̄ tanh c | direct-for-total: h_bar_loss tanh(c)
last-step-h: (h−y) tanh c | other-line: h̄ | factor-extra: h̄ tanh(c) f
tanh-for-slope: h̄ o tanh(c) | value-for-gradient-h: h tanh(c) | c-bar-for-h-bar: c_bar tanh(c)
next-for-total-h: h_bar_next tanh(c) | exponent: h̄ tanh²c | loss-sign-alone: (y−h) tanh c
""".replace("tanh-for-slope: h̄ o tanh(c) | ", "factor-extra: h̄ o tanh(c) | "),
    "c_bar": f"""
h_bar*o*(1-tanh(c)**2)+c_bar_next | {C} | h_bar*o*(1-(h/o)^2) + c_bar_next
h̄ o − h̄ o tanh²c + c_bar_next | c_bar_next + (1 − tanh(c)^2) o h̄
h̄ σ(z_o) (1−tanh²c) + c_bar_next | h̄ o/cosh(c)^2 + c_bar_next | h̄ o sech²(c) + c̄(t+1)f(t+1)
h̄ o tanh'(c) + c_bar_next | h̄ (o − h²/o) + c_bar_next
(h − y + h_bar_next) o (1 − tanh²c) + c_bar_next
\\bar{{h}}^{{(t)}} o^{{(t)}} \\left(1 - \\tanh^2 c^{{(t)}}\\right) \
+ \\bar{{c}}^{{(t+1)}} f^{{(t+1)}}
c̄(t) = {C}
---
last-step-c: h̄ o (1 − tanh²c) | sign: h̄ o (1 − tanh²c) − c_bar_next
negative: −h̄ o (1−tanh²c) − c_bar_next | tanh-slope-missing: h̄ o + c_bar_next
output-gate-missing: h̄ (1 − tanh²c) + c_bar_next | carry-without-f: h̄ o (1 − tanh²c) + c̄(t+1)
carry-with-this-f: h̄ o (1 − tanh²c) + c̄(t+1) f | slope-from-c: h̄ o (1 − c²) + c_bar_next
slope-of-tanh-twice: h̄ o (1 − tanh²(tanh(c))) + c_bar_next
slope-without-square: h̄ o (1 − tanh(c)) + c_bar_next | slope-plus: h̄ o (1 + tanh²c) + c_bar_next
tanh-for-slope: h̄ o tanh(c) + c_bar_next
slope-from-h: h̄ o (1 − h²) + c_bar_next | old-memory: h̄ o (1 − tanh²(c_prev)) + c_bar_next
direct-for-total: h_bar_loss o (1 − tanh²c) + c_bar_next
last-step-h: (h−y) o (1 − tanh²c) + c_bar_next
product-for-sum: h̄ o (1 − tanh²c) c_bar_next | multiple: 3 (h̄ o (1 − tanh²c) + c_bar_next)
other-gate: h̄ f (1 − tanh²c) + c_bar_next | circle: i_bar/g
slope-of-sigma-for-tanh-c: h̄ o tanh(c) (1 − tanh(c)) + c_bar_next
carry-and-slope: h̄ o | carry-and-gate: h̄ (1 − tanh²c) | both-carries: (h−y) o (1 − tanh²c)
""",
    "i_bar": f"""
c_bar*g | g c̄ | c̄(t) g(t) | ∂L/∂c g | c̄ tanh(z_g) | ({C}) g | (h̄ o (1-tanh(c)^2) + c_bar_next) g
dL/dc * g | c_bar tanh(w_gx x + w_gh h_prev + b_g) | g h̄ o − g h̄ o tanh²c + g c_bar_next
\\bar{{c}}^{{(t)}} \\cdot g^{{(t)}} | ((h−y+h_bar_next) o (1 − tanh²c) + c_bar_next) g
---
own-factor-i: c̄ i | negative: −c̄ g | other-line: c̄ | multiple: c̄ g/2 | sum-for-product: c̄ + g
direct-c-for-total: h̄ o (1−tanh²c) g | h-bar-for-c-bar: h̄ g | next-for-total-c: c_bar_next g
factor-extra: c̄ g x | value-for-gradient-c: c g | swap: c̄ z_g | other-line: c̄ c_prev
factor-extra: c̄ g i (1 − i) | last-step-h: ((h−y) o (1 − tanh²c) + c_bar_next) g
tanh-slope-missing: (h̄ o + c_bar_next) g | slope-from-c: (h̄ o (1 − c²) + c_bar_next) g
other-line: c̄ g i (1−i) x
"""
    .replace("factor-extra: c̄ g i (1 − i)", "other-line: c̄ g i (1 − i)")
    .replace("other-line: c̄ g i (1−i) x\n", "exponent: c̄ g²\n")
    .replace("other-line: c̄ c_prev", "swap: c̄ c_prev"),
    "g_bar": f"""
c_bar*i | i c̄ | c̄(t) i(t) | ∂L/∂c · i | c̄ σ(z_i) | ({C}) i | (h̄ o (1-tanh(c)^2) + c_bar_next) i
dL/dc * i | c_bar/(1+exp(-z_i)) | i h̄ o − i h̄ o tanh²c + i c_bar_next
\\bar{{c}}^{{(t)}} \\cdot i^{{(t)}} | c̄ sigmoid(w_ix x + w_ih h_prev + b_i)
---
own-factor-g: c̄ g | negative: −c̄ i | other-line: c̄ | multiple: 2c̄ i | sum-for-product: c̄ + i
direct-c-for-total: h̄ o (1−tanh²c) i | h-bar-for-c-bar: h̄ i | next-for-total-c: c_bar_next i
factor-extra: c̄ i x | value-for-gradient-c: c i | other-gate: c̄ o | other-gate: c̄ f
last-step-h: ((h−y) o (1 − tanh²c) + c_bar_next) i
tanh-slope-missing: (h̄ o + c_bar_next) i | slope-from-c: (h̄ o (1 − c²) + c_bar_next) i
exponent: c̄ i²
""",
    "f_bar": f"""
c_bar*c_prev | c_prev c̄ | c̄(t) c(t−1) | ∂L/∂c · c(t-1) | c̄ c_{{t-1}} | ({C}) c_prev
(h̄ o (1-tanh(c)^2) + c_bar_next) c_prev | c̄ (c − i g)/f | c_bar*(c - i*g)/f
h̄ o c_prev − h̄ o tanh²c c_prev + c_prev c_bar_next | \\bar{{c}}^{{(t)}} c^{{(t-1)}} | c̄ cprev
---
own-factor-f: c̄ f | new-memory: c̄ c | negative: −c̄ c_prev | other-line: c̄
multiple: c̄ c_prev/3 | sum-for-product: c̄ + c_prev | direct-c-for-total: h̄ o (1−tanh²c) c_prev
h-bar-for-c-bar: h̄ c_prev
next-for-total-c: c_bar_next c_prev | factor-extra: c̄ c_prev x | value-for-gradient-c: c c_prev
swap: c̄ g | function-extra: c̄ tanh(c_prev)
last-step-h: ((h−y) o (1 − tanh²c) + c_bar_next) c_prev
tanh-slope-missing: (h̄ o + c_bar_next) c_prev | other-line: c̄ c_prev f (1−f)
""".replace("h̄ o tanh²c c_prev", "h̄ o tanh²(c) c_prev"),
    "z_g_bar": """
g_bar*(1-g**2) | ḡ (1 − g²) | c̄ i (1 − g²) | ḡ − ḡ g² | ḡ (1−g)(1+g) | ḡ tanh'(z_g)
ḡ (1 − tanh²(z_g)) | ḡ sech²(z_g) | (1 − g^2) ḡ | c_bar i − c_bar i g² | ḡ/cosh(z_g)^2
---
tanh-twice-g: ḡ (1 − tanh²(g)) | slope-from-z-g: ḡ (1 − z_g²) | sigma-slope-for-tanh: ḡ g (1−g)
slope-without-square-g: ḡ (1−g) | slope-plus-g: ḡ (1+g²) | other-line: ḡ | negative: −ḡ (1−g²)
multiple: 2ḡ (1−g²) | factor-extra: ḡ (1−g²) x | value-for-gradient: g (1−g²)
other-gate-bar: ī (1−g²) | sum-for-product: ḡ + (1−g²) | exponent: ḡ (1−g³) | number: ḡ (2−g²)
own-factor-g: c̄ g (1−g²) | bias-missing-g: ḡ (1−tanh²(w_gx x + w_gh h_prev))
""",
    "x_bar": """
z_i_bar w_ix + z_f_bar w_fx + z_o_bar w_ox + z_g_bar w_gx
w_gx z̄_g + w_ox z̄_o + w_fx z̄_f + w_ix z̄_i | z̄_i w_ix + z̄_f w_fx + (z̄_o w_ox + z̄_g w_gx)
ī i (1−i) w_ix + z̄_f w_fx + z̄_o w_ox + z̄_g w_gx
z̄_i w_ix + f̄ f (1−f) w_fx + z̄_o w_ox + z̄_g w_gx
z̄_i w_ix + z̄_f w_fx + ō o (1−o) w_ox + z̄_g w_gx
z̄_i w_ix + z̄_f w_fx + z̄_o w_ox + ḡ (1−g²) w_gx | b̄_i w_ix + b̄_f w_fx + b̄_o w_ox + b̄_g w_gx
c̄ (g i (1−i) w_ix + c_prev f (1−f) w_fx + i (1−g²) w_gx) + z̄_o w_ox
(z̄_i w_ix² + z̄_f w_fx w_ix)/w_ix + z̄_o w_ox + z̄_g w_gx
−(−z̄_i w_ix − z̄_f w_fx) + z̄_o w_ox + z̄_g w_gx
---
term-missing: z̄_i w_ix + z̄_f w_fx + z̄_o w_ox | term-missing: z̄_f w_fx + z̄_o w_ox + z̄_g w_gx
sign: z̄_i w_ix + z̄_f w_fx − z̄_o w_ox + z̄_g w_gx
weight-from-h: z̄_i w_ih + z̄_f w_fx + z̄_o w_ox + z̄_g w_gx
other-line: z̄_i w_ih + z̄_f w_fh + z̄_o w_oh + z̄_g w_gh
other-gate-weight-x: z̄_i w_fx + z̄_f w_fx + z̄_o w_ox + z̄_g w_gx
activation-for-pre: ī w_ix + z̄_f w_fx + z̄_o w_ox + z̄_g w_gx
other-gate-z: z̄_i w_ix + z̄_i w_fx + z̄_o w_ox + z̄_g w_gx
negative: −z̄_i w_ix − z̄_f w_fx − z̄_o w_ox − z̄_g w_gx
term-extra: z̄_i w_ix + z̄_f w_fx + z̄_o w_ox + z̄_g w_gx + h̄
multiple: (z̄_i w_ix + z̄_f w_fx + z̄_o w_ox + z̄_g w_gx)/4
sum-for-product: z̄_i w_ix + z̄_f + w_fx + z̄_o w_ox + z̄_g w_gx
product-for-sum: z̄_i w_ix + z̄_f w_fx z̄_o w_ox + z̄_g w_gx
slope-half: ī (1−i) w_ix + z̄_f w_fx + z̄_o w_ox + z̄_g w_gx
sigma-twice: ī σ(i) (1−σ(i)) w_ix + z̄_f w_fx + z̄_o w_ox + z̄_g w_gx
factor-extra: (z̄_i w_ix + z̄_f w_fx + z̄_o w_ox + z̄_g w_gx) x
""",
    "c_bar_prev": f"""
c_bar*f | f c̄ | c̄(t) f(t) | ∂L/∂c f | c̄ σ(z_f) | ({C}) f | (h̄ o (1-tanh(c)^2) + c_bar_next) f
dL/dc * f | c_bar/(1+exp(-z_f)) | f h̄ o − f h̄ o tanh²c + f c_bar_next | c̄ (c − i g)/c_prev
---
own-factor-c: c̄ c_prev | carry: c̄ f(t+1) | negative: −c̄ f | other-line: c̄ | multiple: 2 c̄ f
sum-for-product: c̄ + f | direct-c-for-total: h̄ o (1−tanh²c) f | h-bar-for-c-bar: h̄ f
next-for-total-c: c_bar_next f | factor-extra: c̄ f c_prev | value-for-gradient-c: c f
other-gate: c̄ i | other-gate: c̄ o | last-step-h: ((h−y) o (1 − tanh²c) + c_bar_next) f
swap: c̄ z_f | tanh-slope-missing: (h̄ o + c_bar_next) f
""".replace("carry: c̄ f(t+1)", "swap: c̄ f(t+1)"),
}  # fmt: skip
TABLE["h_bar_prev"] = TABLE["x_bar"]
for _k in "ifog":
    TABLE["h_bar_prev"] = (
        TABLE["h_bar_prev"]
        .replace(f"w_{_k}x", "w_#")
        .replace(f"w_{_k}h", f"w_{_k}x")
        .replace("w_#", f"w_{_k}h")
    )
TABLE["h_bar_prev"] = TABLE["h_bar_prev"].replace("weight-from-h", "weight-from-x")
TABLE["h_bar_prev"] = TABLE["h_bar_prev"].replace("other-gate-weight-x", "other-gate-weight-h")

ONE_Z = """
K̄ K (1 − K) | K_bar*K*(1-K) | K(1−K) K̄ | K̄ K − K̄ K² | K̄ (K − K^2) | K̄ σ(z_K)(1 − σ(z_K))
K̄ σ'(z_K) | K̄ sigma(z_K) (1-K) | K̄ K/(1+exp(z_K)) | ∂L/∂K K (1−K)
K̄ σ'(w_Kx x + w_Kh h_prev + b_K)
---
sigma-twice: K̄ σ(K)(1−σ(K)) | slope-from-z: K̄ z_K (1−z_K) | tanh-slope-for-sigma: K̄ (1−K²)
slope-half: K̄ (1−K) | slope-other-half: K̄ K | other-line: K̄ | slope-is-sigma: K̄ σ(K)
slope-is-square: K̄ K²
slope-sigma-plus: K̄ K (1+K) | negative: −K̄ K (1−K) | multiple: 2 K̄ K (1−K)
factor-extra: K̄ K (1−K) x | value-for-gradient: K K (1−K) | sum-for-product: K̄ + K (1−K)
number: K̄ K (2−K) | bias-missing: K̄ σ'(w_Kx x + w_Kh h_prev)
"""
for _k in "ifo":
    TABLE[f"z_{_k}_bar"] = ONE_Z.replace("K", _k)

# w̄_Kx, w̄_Kh and b̄_K, with the slope S and the other factor V
ONE_W = """
z̄_K V | V z̄_K | z_K_bar*V | K̄ S V | V S K̄ | b̄_K V | ∂L/∂K S V | ∂L/∂z_K V | (z̄_K) (V)
−(−z̄_K V) | K̄ V S
---
activation-for-pre: K̄ V | negative: −z̄_K V | multiple: 5 z̄_K V | other-gate-z: z̄_J V | SWAP
NEW | other-line: z̄_K | sum-for-product: z̄_K + V | value-for-gradient-z: z_K V
factor-extra: z̄_K w_Kx V
factor-extra: z̄_K c V | exponent: z̄_K V² | exponent: z̄_K/V | multiple: z̄_K V/2
factor-extra: z̄_K K V | function-extra: z̄_K tanh(V) | exponent: z̄_K² V
"""
ONE_B = """
z̄_K | z_K_bar | K̄ S | S K̄ | ∂L/∂z_K | ∂L/∂K S | w̄_Kx/x | w̄_Kh/h_prev | (z̄_K) | −(−z̄_K)
z̄_K h_prev/h_prev
---
activation-for-pre: K̄ | negative: −z̄_K | multiple: 5 z̄_K | other-gate-z: z̄_J
factor-extra: z̄_K x | factor-extra: z̄_K h_prev | value-for-gradient-z: z_K
factor-extra: z̄_K w_Kx | factor-extra: z̄_K c | exponent: z̄_K²
multiple: z̄_K/2 | factor-extra: z̄_K K | term-extra: z̄_K + h̄ | function-extra: tanh(z̄_K)
factor-extra: z̄_K b_K | number-for-quantity: 1
"""
for _k in "ifog":
    for _v, _new in ("x", "h_now"), ("h", "c_prev"):
        _text = ONE_W.replace("SWAP", "h-for-x: z̄_K h_prev" if _v == "x" else "x-for-h: z̄_K x")
        _text = _text.replace("NEW", "h-now-for-x: z̄_K h" if _v == "x" else "new-hidden: z̄_K h")
        _text = _text.replace("V", "x" if _v == "x" else "h_prev").replace(
            "S", "(1 − g²)" if _k == "g" else "K (1−K)"
        )
        TABLE[f"w_{_k}{_v}_bar"] = _text.replace("K", _k).replace("J", "f" if _k != "f" else "o")
    _text = ONE_B.replace("S", "(1 − g²)" if _k == "g" else "K (1−K)")
    TABLE[f"b_{_k}_bar"] = _text.replace("K", _k).replace("J", "f" if _k != "f" else "o")


def rows(name: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The spellings of a line, and its wrong forms as (key, line)."""
    right, wrong = (part.replace("\n", " | ").split(" | ") for part in TABLE[name].split("---"))
    pairs = [tuple(one.split(": ", 1)) for one in wrong if one.strip()]
    return [one.strip() for one in right if one.strip()], [
        (key.strip(), line.strip()) for key, line in pairs
    ]
