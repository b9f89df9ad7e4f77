'use client';

import { fileStories, type Story } from '@claude-optimizer/core/story';
import { useMemo, useState } from 'react';
import { changeAddressQuery, useAddressQuery } from '@/hooks/useAddressQuery';
import type { TabProps } from '../moment';
import { Panel } from '../Panel';
import { StoryGate } from '../story/StoryGate';
import { FileEdits } from './FileEdits';
import { FileList } from './FileList';
import { FileFilter } from './FileFilter';
import { shownFiles, type FileOrder } from './shown-files';

const EMPTY = {
  title: 'No file was touched yet',
  text: 'Files that Claude Code’s tools read or change stand here with their edits in order. What commands do to files by themselves isn’t seen.',
};

/** Which files were read and changed, and each file's edits in order. */
export function FilesTab(props: TabProps) {
  return (
    <StoryGate
      {...props}
      name="Files"
      isEmpty={({ calls }) => calls.every(({ file }) => file === null)}
      empty={EMPTY}
    >
      {(story) => (
        <Files id={props.id} story={story} project={props.detail.state.summary.project} />
      )}
    </StoryGate>
  );
}

type Props = { id: string; story: Story; project: string | null };

function Files({ id, story, project }: Props) {
  const [query] = useAddressQuery();
  const [text, setText] = useState('');
  const [order, setOrder] = useState<FileOrder>('path');
  const [isEditedOnly, setEditedOnly] = useState(false);
  const all = useMemo(() => fileStories(story, project), [story, project]);
  const shown = useMemo(
    () => shownFiles(all, { text, order, isEditedOnly }),
    [all, text, order, isEditedOnly],
  );
  const chosen = all.find(({ path }) => path === query.get('at')) ?? shown[0] ?? null;
  return (
    <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)] 2xl:grid-cols-[minmax(0,32rem)_minmax(0,1fr)]">
      <Panel
        title="Files"
        aside={
          <span className="text-xs text-ink-3">
            {shown.length === all.length ? all.length : `${shown.length} of ${all.length}`}
          </span>
        }
      >
        <FileFilter
          text={text}
          order={order}
          isEditedOnly={isEditedOnly}
          onText={setText}
          onOrder={setOrder}
          onEditedOnly={setEditedOnly}
        />
        <FileList
          files={shown}
          chosen={chosen}
          onChoose={({ path }) => changeAddressQuery({ at: path }, 'replace')}
        />
      </Panel>
      {chosen && <FileEdits key={chosen.path} id={id} file={chosen} story={story} />}
    </div>
  );
}
