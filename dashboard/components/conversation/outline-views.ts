export type OutlineView = 'all' | 'errors' | 'expensive' | 'objectives' | 'subagents';

/** Which places of a conversation are listed, in the order of the choice. */
export const VIEWS: readonly { id: OutlineView; name: string }[] = [
  { id: 'all', name: 'All places' },
  { id: 'errors', name: 'Errors and interruptions' },
  { id: 'expensive', name: 'Expensive turns' },
  { id: 'objectives', name: 'Objectives' },
  { id: 'subagents', name: 'Subagents' },
];
