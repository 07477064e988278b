// What a page looks like to somebody with weak eyes or a keyboard. Evaluated in the page by test_browser.py.
() => {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const opaque = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length === 3) return colour;
    }
    return [255, 255, 255];
  };
  // WCAG 2.2, "contrast ratio"
  const ratio = (element) => {
    const pair = [channels(getComputedStyle(element).color), opaque(element)].map(luminance).sort((a, b) => b - a);
    return (pair[0] + 0.05) / (pair[1] + 0.05);
  };
  const texts = [...document.body.querySelectorAll("*")].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()));
  const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((it) => Number(it.tagName[1]));
  return {
    faint: texts.filter((it) => ratio(it) < 4.5).map((it) => `${it.tagName} ${it.className} ${ratio(it).toFixed(2)}`),
    tiny: texts.filter((it) => parseFloat(getComputedStyle(it).fontSize) < 12).map((it) => it.tagName),
    levels,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    beyond: [...document.body.querySelectorAll("*")]
      .filter((it) => it.getBoundingClientRect().right > innerWidth + 1).map((it) => it.tagName + it.className),
    doubled: [...document.querySelectorAll("[id]")].map((it) => it.id).filter((id, at, all) => all.indexOf(id) !== at),
  };
}
