import { homedir } from 'node:os';
import { OptimizerError, type CalendarSourceSettings } from '@claude-optimizer/protocol';
import { expandHome } from '../../config/expand-home.js';
import { CalDavSource } from './caldav.js';
import { GoogleSource } from './google.js';
import { IcsFileSource } from './ics-file.js';
import { IcsUrlSource } from './ics-url.js';
import type { Secret, Secrets } from './secrets.js';
import type { CalendarSource } from './source.js';

/** Opens a calendar by its settings and secrets. Throws `config_invalid`, naming what is missing. */
export function openSource(
  settings: CalendarSourceSettings,
  secrets: Pick<Secrets, 'of' | 'put'>,
  now: () => number,
): CalendarSource {
  const { id, allowPrivate, calendars, username = '', serverUrl } = settings;
  const secret = secrets.of(id);
  switch (settings.kind) {
    case 'ics-file':
      return new IcsFileSource(id, expandHome(needed(settings.path, 'path', id), homedir()));
    case 'ics-url':
      return new IcsUrlSource({ id, address: needed(secret.url, 'url', id), allowPrivate });
    case 'caldav':
      return new CalDavSource({
        ...{ id, username, calendars, allowPrivate, now },
        serverUrl: needed(serverUrl, 'serverUrl', id),
        password: needed(secret.password, 'password', id),
      });
    case 'google':
      return new GoogleSource({
        ...{ id, calendars, now },
        secret: () => secrets.of(id),
        keep: (next: Secret) => {
          // Removed meanwhile: then nothing is kept.
          if (secrets.of(id).refreshToken !== undefined) secrets.put(id, next);
        },
      });
  }
}

function needed(value: string | undefined, what: string, id: string): string {
  if (value !== undefined && value !== '') return value;
  throw new OptimizerError('config_invalid', `The calendar ${id} has no ${what}.`, {
    fix: `Remove it and add it again: claude-optimizer calendar remove ${id}`,
  });
}
