/** A text that a call was to put in the place of another. */
export type PlannedEdit = { before: string; after: string };

/** What an edit's input asks for; nothing where it has no texts. */
export function plannedEdits(input: Readonly<Record<string, unknown>>): PlannedEdit[] {
  const several = input['edits'];
  if (Array.isArray(several)) {
    return several.flatMap((one: unknown) =>
      typeof one === 'object' && one !== null ? plannedEdit(one as Record<string, unknown>) : [],
    );
  }
  return plannedEdit(input);
}

function plannedEdit(input: Readonly<Record<string, unknown>>): PlannedEdit[] {
  const before = textIn(input, 'old_string');
  const after =
    textIn(input, 'new_string') ?? textIn(input, 'content') ?? textIn(input, 'new_source');
  return before === null && after === null ? [] : [{ before: before ?? '', after: after ?? '' }];
}

function textIn(input: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = input[key];
  return typeof value === 'string' ? value : null;
}
