import {
  OptimizerError,
  projectSchema,
  settingsBodySchema,
  type SettingsAnswer,
  type SettingsBody,
} from '@claude-optimizer/protocol';
import { json, Router } from 'express';
import * as z from 'zod';
import { allowOnly } from '../errors.js';
import type { LoopServices, Services } from '../services.js';

/** `POST /api/projects`. */
export const projectBodySchema = projectSchema.partial({ name: true });

/** What the person has set: settings and registered projects. */
export function settingsRoutes(
  { onlyWithToken }: Pick<Services, 'onlyWithToken'>,
  { settings, projects, findClient }: Pick<LoopServices, 'settings' | 'projects' | 'findClient'>,
): Router {
  const router = Router();
  const answer = async (): Promise<SettingsAnswer> => ({
    settings: settings.read(),
    file: settings.file,
    claude: await findClient(),
  });
  router
    .route('/settings')
    .get(async (_request, response) => {
      response.json(await answer());
    })
    .put(onlyWithToken, json(), async (request, response) => {
      const body = sectionsIn(request.body);
      settings.change((before) => {
        refuseBypass(body, before.launcher.permissionMode);
        // Calendars have secrets, too: they are added and removed by routes of their own.
        const { sources } = before.calendar;
        return { ...body, ...(body.calendar && { calendar: { ...body.calendar, sources } }) };
      });
      response.json(await answer());
    })
    .all(allowOnly('GET', 'PUT'));
  router
    .route('/projects')
    .get((_request, response) => {
      response.json({ projects: projects.list() });
    })
    .post(onlyWithToken, json(), (request, response) => {
      const { path, name } = projectBodySchema.parse(request.body);
      response.status(201).json({ project: projects.add(path, name) });
    })
    .all(allowOnly('GET', 'POST'));
  router
    .route('/projects/:name')
    .delete(onlyWithToken, (request, response) => {
      projects.remove(request.params.name);
      response.status(204).end();
    })
    .all(allowOnly('DELETE'));
  return router;
}

/** The sections that are given: a schema's defaults must not stand in for what isn't named. */
function sectionsIn(given: unknown): SettingsBody {
  const named = new Set(Object.keys(z.record(z.string(), z.unknown()).parse(given)));
  const sections = Object.entries(settingsBodySchema.parse(given));
  return Object.fromEntries(sections.filter(([name]) => named.has(name)));
}

/** That one is decided at the machine, with the file open, and never by a click. */
function refuseBypass(body: SettingsBody, before: string): void {
  const wanted = body.launcher?.permissionMode;
  if (wanted !== 'bypassPermissions' || before === wanted) return;
  throw new OptimizerError('forbidden', 'bypassPermissions can’t be set from here.', {
    fix: 'Write it into config.json by hand if every tool may run unasked.',
  });
}
