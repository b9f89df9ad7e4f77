import type { SettingsAnswer, SettingsBody } from '@claude-optimizer/protocol';

/** What each section of the settings is given. */
export type SectionProps = {
  answer: SettingsAnswer;
  save: (body: SettingsBody) => Promise<void>;
};
