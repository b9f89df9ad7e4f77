'use client';

import { Choice } from '@/components/Choice';
import { Panel } from '@/components/session/Panel';
import { setTheme, themes, useTheme } from '@/lib/theme/theme';

const NAMES = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;

/** How this browser shows the pages. */
export function Appearance() {
  return (
    <Panel title="Appearance">
      <div className="flex p-3">
        <Choice
          label="Theme"
          options={themes}
          names={NAMES}
          chosen={useTheme()}
          onChoose={setTheme}
        />
      </div>
    </Panel>
  );
}
