import { z } from 'zod';
import { id } from '../leaves.ts';

export const leftSection = z
  .array(
    z.strictObject({
      officer: id.describe('Who left.'),
      to: id.describe('Who takes over what this officer still holds.'),
    }),
  )
  .describe('Officers who left a rota or this file. Nobody who has shifts or holds a request goes without a successor.')
  .prefault([]);
