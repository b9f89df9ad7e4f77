/** An empty element of a page that takes a figure; see the dashboard's FirstFigure. */
const PLACE = /<(\w+)\b[^>]*\sdata-first="([\w-]+)"[^>]*>(?=<\/\1>)/g;

/** A page cut at its places: after each of `texts` but the last comes the figure of that name. */
export type FigurePlaces = { texts: string[]; names: string[] };

/** Null for a page without any. */
export function findPlaces(html: string): FigurePlaces | null {
  const texts: string[] = [];
  const names: string[] = [];
  let from = 0;
  for (const { 0: tag, 2: name = '', index } of html.matchAll(PLACE)) {
    texts.push(html.slice(from, index + tag.length));
    names.push(name);
    from = index + tag.length;
  }
  return names.length === 0 ? null : { texts: [...texts, html.slice(from)], names };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML that shows it. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}
