'use client';

import type { Project } from '@claude-optimizer/protocol';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { ErrorState } from '@/components/ErrorState';
import { filled, LinesField, TextField } from '@/components/form/Field';
import { Panel } from '@/components/session/Panel';
import { useAction } from '@/hooks/useAction';
import { addProject, removeProject } from '@/lib/settings-api';
import { SectionForm } from './SectionForm';
import type { SectionProps } from './section';

type Props = { projects: readonly Project[]; onChanged: () => void };

/** The folders in which sessions may be started. */
export function Projects({ projects, onChanged }: Props) {
  const [path, setPath] = useState('');
  const [name, setName] = useState('');
  const { run, isBusy, error } = useAction();
  const add = () =>
    run(async () => {
      await addProject(path.trim(), name.trim() === '' ? undefined : name.trim());
      setPath('');
      setName('');
      onChanged();
    });
  return (
    <Panel title="Projects">
      <div className="space-y-3 p-3">
        {projects.length === 0 ? (
          <p className="text-ink-2">
            None yet. Sessions start only in projects that are registered here, or below an allowed
            folder.
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {projects.map((project) => (
              <ProjectRow key={project.name} project={project} onChanged={onChanged} />
            ))}
          </ul>
        )}
        <form
          className="grid items-start gap-x-3 gap-y-1 sm:grid-cols-[1fr_12rem_auto]"
          onSubmit={(event) => {
            event.preventDefault();
            if (path.trim() !== '') add();
          }}
        >
          <TextField
            label="Folder"
            isMono
            placeholder="~/code/app"
            value={path}
            onChange={setPath}
          />
          <TextField label="Name (if not the folder’s)" value={name} onChange={setName} />
          <Button type="submit" className="sm:mt-5" disabled={isBusy || path.trim() === ''}>
            Add
          </Button>
        </form>
        {error && <ErrorState error={error} />}
      </div>
    </Panel>
  );
}

function ProjectRow({ project, onChanged }: { project: Project; onChanged: () => void }) {
  const { run, isBusy, error } = useAction();
  return (
    <li className="flex flex-wrap items-center gap-x-3 py-1.5">
      <span className="font-medium">{project.name}</span>
      <code className="min-w-0 flex-1 font-mono text-xs break-all text-ink-2">{project.path}</code>
      <Button
        size="small"
        look="quiet"
        disabled={isBusy}
        aria-label={`Remove ${project.name}`}
        onClick={() =>
          run(async () => {
            await removeProject(project.name);
            onChanged();
          })
        }
      >
        Remove
      </Button>
      {error && <ErrorState error={error} className="w-full" />}
    </li>
  );
}

/** Folders below which everything may run. */
export function RootsSection({ answer: { settings }, save }: SectionProps) {
  return (
    <SectionForm
      title="Allowed folders"
      value={{ roots: settings.roots }}
      save={({ roots }) => save({ roots: filled(roots) })}
    >
      {({ roots }, set) => (
        <LinesField
          label="One to a line; every project below them may run without being registered"
          rows={2}
          placeholder="~/code"
          value={roots}
          onChange={(lines) => set({ roots: lines })}
        />
      )}
    </SectionForm>
  );
}
