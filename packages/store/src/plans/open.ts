import { Kysely, SqliteDialect } from 'kysely';
import { migrate, openFile } from '../sqlite/open-file.js';
import { PLAN_MIGRATIONS } from './migrations.js';
import type { PlanStore } from './plan-store.js';
import type { PlanDatabase } from './schema.js';
import { SqlitePlanStore } from './sqlite-plan-store.js';

/** Opens (or makes) the store of plans and runs in `file`; `:memory:` is gone with the process. */
export async function openPlanStore(file: string): Promise<PlanStore> {
  // Synced with each write: a claim that a power cut forgot would start a session twice.
  const sqlite = openFile(file, 'FULL');
  const db = new Kysely<PlanDatabase>({ dialect: new SqliteDialect({ database: sqlite }) });
  try {
    const fix = 'Keep a copy of the file and look into it with sqlite3; plans and runs are in it.';
    await migrate(db, { sqlite, file, migrations: PLAN_MIGRATIONS, fix });
    return new SqlitePlanStore(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
