import { z } from 'zod';
import { backupSection } from './sections/backup.ts';
import { databaseSection } from './sections/database.ts';
import { desksSection } from './sections/desks.ts';
import { leftSection } from './sections/left.ts';
import { limitsSection } from './sections/limits.ts';
import { officersSection } from './sections/officers.ts';
import { webSection } from './sections/web.ts';

/** All of `tocsin.yaml`. */
export const fileSchema = z
  .strictObject({
    database: databaseSection,
    web: webSection,
    officers: officersSection,
    desks: desksSection,
    left: leftSection,
    limits: limitsSection,
    backup: backupSection,
  })
  .meta({ title: 'a configuration', description: 'tocsin.yaml: who is there, and who is paged how.' });

/** The same schema for editors, in JSON Schema (draft 2020-12). */
export function jsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(fileSchema, { io: 'input' });
}
