import type { Response } from 'express';

/** No answer to a page is bigger unless it says so; what doesn't fit is on the next page. */
const MOST_BYTES = 200_000;

/** Sends the page that `load(limit)` gives, with a smaller limit when it would be too big. */
export async function sendPage(
  response: Response,
  limit: number,
  load: (limit: number) => Promise<object>,
  mostBytes = MOST_BYTES,
): Promise<void> {
  for (let fitting = limit; ; fitting = Math.floor(fitting / 2)) {
    const body = JSON.stringify(await load(fitting));
    if (fitting > 1 && Buffer.byteLength(body) > mostBytes) continue;
    response.type('json').send(body);
    return;
  }
}
