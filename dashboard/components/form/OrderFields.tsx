'use client';

import type { Order, Project } from '@claude-optimizer/protocol';
import { LimitFields, NO_LIMITS } from './LimitFields';
import { LinesField, SelectField, TextField } from './Field';

export const EMPTY_ORDER: Order = {
  project: null,
  path: null,
  phase: null,
  model: null,
  limits: NO_LIMITS,
  objectives: [],
  constraints: [],
};

type Props = {
  order: Order;
  onChange: (change: Partial<Order>) => void;
  /** The registered ones. */
  projects: readonly Project[];
  /** What is wrong, by field. */
  errors: Readonly<Record<string, string>>;
};

/** What a session is to do and how much it may take. */
export function OrderFields({ order, onChange, projects, errors }: Props) {
  const { project, path, phase, model, limits, objectives, constraints } = order;
  const names = projects.map(({ name }) => name);
  const known = project === null || names.includes(project) ? names : [project, ...names];
  return (
    <>
      <div className="grid gap-x-3 gap-y-1 sm:grid-cols-3">
        <SelectField
          label="Project"
          value={project ?? ''}
          error={errors['project'] ?? errors['path']}
          hint={path ?? projects.find(({ name }) => name === project)?.path}
          options={[
            ['', path === null ? 'Choose …' : 'by its folder'],
            ...known.map((name) => [name, name] as const),
          ]}
          onChange={(name) =>
            onChange(name === '' ? { project: null } : { project: name, path: null })
          }
        />
        <TextField
          label="Phase (if any)"
          value={phase ?? ''}
          error={errors['phase']}
          onChange={(text) => onChange({ phase: text === '' ? null : text })}
        />
        <TextField
          label="Model"
          placeholder="as in the settings"
          value={model ?? ''}
          error={errors['model']}
          onChange={(text) => onChange({ model: text === '' ? null : text })}
        />
      </div>
      <LinesField
        label="Objectives, one to a line"
        value={objectives}
        error={errors['objectives']}
        onChange={(lines) => onChange({ objectives: lines })}
      />
      <LinesField
        label="Constraints, one to a line (if any)"
        rows={2}
        value={constraints}
        error={errors['constraints']}
        onChange={(lines) => onChange({ constraints: lines })}
      />
      <fieldset>
        <legend className="sr-only">Limits</legend>
        <LimitFields
          value={limits}
          placeholder="as in the settings"
          onChange={(next) => onChange({ limits: next })}
        />
        {errors['limits'] !== undefined && (
          <p className="text-xs text-danger">{errors['limits']}</p>
        )}
      </fieldset>
    </>
  );
}
