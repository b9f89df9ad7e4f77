'use client';

import { buildPrompt, DEFAULT_TEMPLATE } from '@claude-optimizer/core/run';
import type { LauncherSettings } from '@claude-optimizer/protocol';
import { AmountField } from '@/components/form/AmountField';
import {
  CheckField,
  Field,
  filled,
  LinesField,
  SelectField,
  TEXTAREA,
  TextField,
} from '@/components/form/Field';
import { LimitFields } from '@/components/form/LimitFields';
import { EMPTY_ORDER } from '@/components/form/OrderFields';
import { Words } from '@/components/loop/Words';
import { SectionForm } from './SectionForm';
import type { SectionProps } from './section';

type Mode = LauncherSettings['permissionMode'];

const MODES: Record<Mode, string> = {
  dontAsk: 'What isn’t allowed is refused, without asking anybody.',
  default: 'Claude Code’s usual rules: what isn’t allowed is asked.',
  acceptEdits: 'Files in the project are changed without asking; commands are asked.',
  plan: 'It reads and plans, and changes nothing.',
  bypassPermissions: 'Everything runs without asking anybody. Can only be written into the file.',
};
const MODE_OPTIONS = (Object.keys(MODES) as Mode[]).map((mode) => [mode, mode] as const);
const ON_LIMIT = [
  ['stop', 'stop it'],
  ['ask', 'ask me'],
  ['finish', 'let it finish its objective'],
] as const;
const UNANSWERED = [
  ['deny', 'is refused'],
  ['stop', 'ends the run'],
] as const;

/** How sessions are started, and what they may do. */
export function LauncherSection({ answer: { settings, claude }, save }: SectionProps) {
  const isBypassing = settings.launcher.permissionMode === 'bypassPermissions';
  const modes = MODE_OPTIONS.filter(([mode]) => mode !== 'bypassPermissions' || isBypassing);
  return (
    <SectionForm
      title="Launching"
      value={settings.launcher}
      save={(launcher) =>
        save({ launcher: { ...launcher, allowedTools: filled(launcher.allowedTools) } })
      }
    >
      {(draft, set) => (
        <>
          <Client claude={claude} />
          <div className="grid gap-x-3 gap-y-2 sm:grid-cols-2">
            <SelectField
              label="Permission mode"
              value={draft.permissionMode}
              options={modes}
              hint={MODES[draft.permissionMode]}
              onChange={(permissionMode) => set({ permissionMode })}
            />
            <TextField
              label="Model"
              placeholder="Claude Code’s own"
              value={draft.model ?? ''}
              onChange={(model) => set({ model: model === '' ? null : model })}
            />
          </div>
          <LinesField
            label="Tools that are allowed without asking, one to a line"
            rows={3}
            placeholder="Bash(npm test:*)"
            value={draft.allowedTools}
            onChange={(allowedTools) => set({ allowedTools })}
          />
          <CheckField
            label="Ask me here for other permissions (in the modes that ask)"
            checked={draft.askPermissions}
            onChange={(askPermissions) => set({ askPermissions })}
          />
          <div className="grid grid-cols-2 gap-x-3 gap-y-2 sm:grid-cols-4">
            <AmountField
              label="Minutes to answer"
              scale={60_000}
              value={draft.askTimeoutMs}
              onChange={(askTimeoutMs) => set({ askTimeoutMs: askTimeoutMs ?? 600_000 })}
            />
            <SelectField
              label="Unanswered, it"
              value={draft.askDefault}
              options={UNANSWERED}
              onChange={(askDefault) => set({ askDefault })}
            />
            <AmountField
              label="Runs at a time"
              value={draft.concurrent}
              onChange={(concurrent) => set({ concurrent: concurrent ?? 3 })}
            />
            <AmountField
              label="… in one project"
              value={draft.perProject}
              onChange={(perProject) => set({ perProject: perProject ?? 1 })}
            />
          </div>
          <fieldset className="space-y-2">
            <legend className="mb-1 text-xs font-semibold">Limits where a plan names none</legend>
            <LimitFields value={draft.limits} onChange={(limits) => set({ limits })} />
            <SelectField
              label="At a limit"
              className="max-w-60"
              value={draft.onLimit}
              options={ON_LIMIT}
              onChange={(onLimit) => set({ onLimit })}
            />
          </fieldset>
          <Template template={draft.template} onChange={(template) => set({ template })} />
        </>
      )}
    </SectionForm>
  );
}

function Client({ claude }: { claude: SectionProps['answer']['claude'] }) {
  if (claude === null) {
    return (
      <p className="rounded-sm bg-warning-soft px-3 py-2">
        Claude Code was not found on PATH: nothing can be started. Install it, or write its place
        into the file as <code className="font-mono text-xs">launcher.claudePath</code>.
      </p>
    );
  }
  return (
    <p className="text-ink-2">
      Starts Claude Code {claude.version ?? 'of an unknown version'} at{' '}
      <code className="font-mono text-xs break-all">{claude.path}</code>
    </p>
  );
}

const SAMPLE = {
  ...EMPTY_ORDER,
  project: 'my-project',
  phase: 'Implementation',
  objectives: ['Write the first objective', 'Write the second'],
};

type TemplateProps = { template: string | null; onChange: (template: string | null) => void };

function Template({ template, onChange }: TemplateProps) {
  const text = template ?? DEFAULT_TEMPLATE;
  return (
    <details>
      <summary className="cursor-pointer text-xs font-semibold">Prompt template</summary>
      <div className="mt-2 space-y-2">
        <Field
          label="Places: {{project}}, {{phase}}, {{objectives}}, {{constraints}}"
          hint={
            template === null ? 'The built-in one.' : 'Your own; empty it for the built-in one.'
          }
        >
          {(given) => (
            <textarea
              {...given}
              rows={10}
              value={text}
              onChange={({ target: { value } }) =>
                onChange(value.trim() === '' || value === DEFAULT_TEMPLATE ? null : value)
              }
              className={`${TEXTAREA} font-mono text-xs`}
            />
          )}
        </Field>
        <Words label="Preview of the prompt" text={buildPrompt(template, SAMPLE)} />
      </div>
    </details>
  );
}
