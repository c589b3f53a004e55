// A text whose signs know where they came from.

// letters of other alphabets that look like ours, and which of ours
const ALIKE = /[сСоОхХіІуУ]/u;

/** Whether a sign only looks like one that can be read. */
export const alike = (sign) => ALIKE.test(sign);

/** A text and, of each of its signs, the place [from, to] in what was given. */
export class Mapped {
  constructor(text = "", at = []) {
    this.text = text;
    this.at = at;
  }
  add(text, place) {
    this.text += text;
    for (let k = 0; k < text.length; k++) this.at.push(place);
  }
  /** The place in what was given of the signs from `from` to `to`. */
  place(from, to) {
    const end = this.at.at(-1)?.[1] ?? 0;
    const places = this.at.slice(from, to);
    if (!places.length) return [end, end];
    return [
      Math.min(...places.map(([start]) => start)),
      Math.max(...places.map(([, stop]) => stop)),
    ];
  }
  /** The same with `form` replaced; a group $1 of it keeps its own places. */
  replaced(form, by) {
    form.lastIndex = 0;
    if (!form.test(this.text)) return this;
    form.lastIndex = 0;
    const made = new Mapped();
    let from = 0;
    for (const found of this.text.matchAll(form)) {
      made.keep(this, from, found.index);
      from = found.index + found[0].length;
      const place = this.place(found.index, from);
      for (const part of by.split(/(\$\d)/))
        if (part[0] === "$") made.keep(this, ...(found.indices[+part[1]] ?? [0, 0]));
        else made.add(part, place);
    }
    made.keep(this, from, this.text.length);
    return made;
  }
  keep(other, from, to) {
    this.text += other.text.slice(from, to);
    for (let k = from; k < to; k++) this.at.push(other.at[k]);
  }
}
