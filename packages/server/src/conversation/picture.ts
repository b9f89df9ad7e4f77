import { OptimizerError, pictureTypes } from '@claude-optimizer/protocol';
import type { Enclosed } from '@claude-optimizer/core/conversation';

export type Picture = { mediaType: (typeof pictureTypes)[number]; bytes: Buffer };

const MOST_BYTES = 24 * 1024 * 1024;
/** How the files of each type begin: what claims to be a picture must be one. */
const BEGINNINGS: Record<Picture['mediaType'], RegExp> = {
  'image/png': /^\x89PNG\r\n\x1a\n/u,
  'image/jpeg': /^\xff\xd8\xff/u,
  'image/gif': /^GIF8[79]a/u,
  'image/webp': /^RIFF[\s\S]{4}WEBP/u,
};

/** The picture that is enclosed in a passage. Throws `not_found` for what is none, or too big. */
export function pictureOf(enclosed: Enclosed | undefined): Picture {
  const mediaType = pictureTypes.find((type) => type === enclosed?.mediaType);
  const data = enclosed?.data;
  if (
    mediaType === undefined ||
    data === undefined ||
    data === null ||
    (data.length * 3) / 4 > MOST_BYTES
  ) {
    throw noPicture();
  }
  const bytes = Buffer.from(data, 'base64');
  if (!BEGINNINGS[mediaType].test(bytes.toString('latin1', 0, 16))) throw noPicture();
  return { mediaType, bytes };
}

function noPicture(): OptimizerError {
  return new OptimizerError('not_found', 'There is no picture that can be shown.', {
    fix: 'PNG, JPEG, GIF and WebP up to 24 MB are shown; the raw record has anything else.',
  });
}
