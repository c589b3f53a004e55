// What a careful eye would find wrong with a figure: labels over each other, text out of its box,
// small type, small targets, faint text, pale ribbons, a card that scrolls. A function of the
// figure's selector; returns one sentence for each fault.
(root) => {
  const shown = (one) =>
    one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !one.closest(".spoken");
  const all = (selector) => [...document.querySelectorAll(`${root} ${selector}`)].filter(shown);
  const box = (one) => one.getBoundingClientRect();
  const words = (one) => one.textContent.trim();

  const overlaps = () => {
    const labels = all(".figure :is(.num, .sym, .note, text)").filter(words);
    const over = (a, b) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    return labels.flatMap((a, k) =>
      labels
        .slice(k + 1)
        .filter((b) => !a.contains(b) && !b.contains(a) && over(box(a), box(b)))
        .map((b) => `${words(a)} lies over ${words(b)}`),
    );
  };

  const outside = () =>
    all("[role=option] .row").flatMap((row) => {
      const [inner, outer] = [box(row), box(row.closest("[role=option]"))];
      const fits =
        inner.left >= outer.left - 1 &&
        inner.right <= outer.right + 1 &&
        inner.top >= outer.top - 1 &&
        inner.bottom <= outer.bottom + 1;
      return fits ? [] : [`${words(row)} stands out of its box`];
    });

  // a region that scrolls by itself may hold more than the window
  const beyond = () =>
    all("*")
      .filter(
        (one) =>
          !one.closest("[role=region]") && (box(one).right > innerWidth + 1 || box(one).left < -1),
      )
      .map(
        (one) =>
          `${words(one).slice(0, 40) || one.outerHTML.slice(0, 80)} stands out of the window`,
      );

  const written = all("*").filter((one) =>
    [...one.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim()),
  );

  const small = () => [
    ...written
      .filter(
        (one) => parseFloat(getComputedStyle(one).fontSize) < 13 && !one.closest("sub, sup, small"),
      )
      .map((one) => `${words(one)} is written in ${getComputedStyle(one).fontSize}`),
    ...all("button, summary, input, [role=option]").flatMap((one) => {
      const { width, height } = box(one.closest("label") ?? one);
      return Math.min(width, height) < 23.5
        ? [`${one.outerHTML.slice(0, 80)} is ${width} × ${height} px`]
        : [];
    }),
  ];

  // any CSS colour as red, green, blue, alpha, which the browser itself works out
  const brush = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext(
    "2d",
    { willReadFrequently: true },
  );
  const rgba = (colour) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    return brush.getImageData(0, 0, 1, 1).data;
  };
  const light = (colour) => {
    const [r, g, b] = [...rgba(colour)].map((v) =>
      v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (let at = one.closest("svg") ?? one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgba(colour)[3] > 200) return colour;
    }
    return "white";
  };
  const faint = () =>
    written
      .filter((one) => !one.closest(":disabled"))
      .flatMap((one) => {
        const { color, fill } = getComputedStyle(one);
        const ink = one.namespaceURI.endsWith("svg") ? fill : color;
        const [a, b] = [light(ink), light(ground(one))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        return contrast < 4.5 ? [`${words(one)} has a contrast of ${contrast.toFixed(1)}`] : [];
      });

  // what is drawn of a gradient, unless it stands back for the edges that are lit
  const pale = () =>
    all(
      ".figure:not(.some) .ribbon path:not(.casing, .cut), .lane path:not(.zero), " +
        ".tread.plus, .sum-bar.plus",
    ).flatMap((one) => {
      const { stroke, fill, backgroundColor } = getComputedStyle(one);
      const inks = one.namespaceURI.endsWith("svg") ? [stroke, fill] : [backgroundColor];
      const ink = inks.find((colour) => /^(rgb|color)/.test(colour));
      if (!ink) return []; // stripes are made of the same colour
      const [a, b] = [light(ink), light(ground(one.parentElement))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return contrast < 3 ? [`a ribbon has a contrast of ${contrast.toFixed(1)}`] : [];
    });

  // a minus is striped or dashed, so that no eye needs its colour
  const plain = () =>
    all(".minus")
      .filter((one) => {
        const { backgroundImage, strokeDasharray, stroke, fill } = getComputedStyle(one);
        return (
          backgroundImage === "none" && strokeDasharray === "none" && !/url/.test(stroke + fill)
        );
      })
      .map((one) => `${one.outerHTML.slice(0, 80)} is a minus without stripes`);

  const scrolling = () =>
    all(".about").flatMap((card) => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = card;
      if (scrollHeight <= clientHeight + 1 && scrollWidth <= clientWidth + 1) return [];
      const sizes = `${scrollHeight} in ${clientHeight}, ${scrollWidth} in ${clientWidth}`;
      return [`the card of ${words(card).slice(0, 30)} scrolls: ${sizes}`];
    });

  return [
    ...pale(),
    ...plain(),
    ...scrolling(),
    ...overlaps(),
    ...outside(),
    ...beyond(),
    ...small(),
    ...faint(),
  ];
};
