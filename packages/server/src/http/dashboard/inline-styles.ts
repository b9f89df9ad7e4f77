/** The style sheets of a page, as Next writes them. */
const SHEET = /<link rel="stylesheet" href="([^"]+)"[^>]*?\/?>/g;
const URL_IN_SHEET = /url\((['"]?)(?!data:)([^'")]+)\1\)/g;

/**
 * A page with its style sheets in it, so that it can be painted without another answer. Their links
 * stay, for no medium: React looks for them and would add them again. `read` gives a sheet's text
 * by its address, null: leave it as it is.
 */
export function inlineStyles(html: string, read: (href: string) => string | null): string {
  return html.replaceAll(SHEET, (link: string, href: string) => {
    const text = read(href);
    if (text === null || /<\/style/i.test(text)) return link;
    return `<style>${fromRoot(text, href)}</style>${link.replace('<link ', '<link media="not all" ')}`;
  });
}

/** What a sheet names beside itself, named from the root: in a page it would be beside the page. */
function fromRoot(text: string, href: string): string {
  return text.replaceAll(URL_IN_SHEET, (_url, _quote, address: string) => {
    const { origin, href: whole } = new URL(address, new URL(href, 'http://page'));
    return `url("${origin === 'http://page' ? whole.slice(origin.length) : whole}")`;
  });
}
