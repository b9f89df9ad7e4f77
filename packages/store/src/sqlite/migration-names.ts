/** All migrations by name, apart from what they do: a reader needs no more. */
export const MIGRATION_NAMES = [
  '001_first',
  '002_slots',
  '003_client_requests',
  '004_prices',
  '005_file_marks',
  '006_deletions',
  '007_lists',
  '008_event_blocks',
] as const;
