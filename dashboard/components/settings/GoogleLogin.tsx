'use client';

import { ExternalLink } from 'lucide-react';
import { useEffect, useState } from 'react';
import { fetchGoogleLogin } from '@/lib/settings-api';

const EVERY_MS = 1_000;

type Props = {
  login: { id: string; page: string };
  onDone: () => void;
  onFailed: (error: Error) => void;
};

/** A login at Google under way: its page to open, and waiting for the person to come back. */
export function GoogleLogin({ login: { id, page }, onDone, onFailed }: Props) {
  useAnswerOf(id, onDone, onFailed);
  return (
    <div className="space-y-3">
      <p>
        <a
          href={page}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex h-8 items-center gap-1.5 rounded-sm bg-accent px-3 font-medium text-on-accent"
        >
          Log in at Google
          <ExternalLink aria-hidden className="size-3.5" />
          <span className="sr-only">(opens a new tab)</span>
        </a>
      </p>
      <p role="status" className="text-ink-2">
        Waiting until you have allowed reading your calendars there. The browser must run on the
        machine of Claude Code Optimizer, as Google sends it back to 127.0.0.1.
      </p>
    </div>
  );
}

/** Asks now and then what has become of the login, until it has ended. */
function useAnswerOf(id: string, onDone: () => void, onFailed: (error: Error) => void) {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(() => {
      fetchGoogleLogin(id).then(
        ({ state, error }) => {
          if (!isWanted) return;
          if (state === 'done') onDone();
          else if (state === 'failed') onFailed(new Error(error ?? 'The login failed.'));
          else setTurn(turn + 1);
        },
        // The daemon may be starting anew: it is asked again.
        () => isWanted && setTurn(turn + 1),
      );
    }, EVERY_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [id, turn, onDone, onFailed]);
}
