import { z } from 'zod';
import type { Target } from '../../paging/policy.ts';
import { id } from '../leaves.ts';

const EXPECTED = 'on_duty, everyone, { officer: ID }, { role: head }, { channel: ID } or { desk: ID }';

const named = z
  .strictObject({ officer: id.optional(), role: id.optional(), channel: id.optional(), desk: id.optional() })
  .refine((value) => Object.values(value).filter((name) => name !== undefined).length === 1, {
    error: `one of them: ${EXPECTED}`,
  })
  .meta({ title: 'a single target', minProperties: 1, maxProperties: 1 });

/** Whom a step pages, as it stands in the file. */
export const target = z
  .union([z.enum(['on_duty', 'everyone']), named], { error: EXPECTED })
  .transform((value): Target => (typeof value === 'string' ? { kind: value } : namedTarget(value)));

function namedTarget({ officer, role, channel, desk }: z.output<typeof named>): Target {
  if (officer !== undefined) return { kind: 'officer', officer };
  if (role !== undefined) return { kind: 'role', role };
  if (channel !== undefined) return { kind: 'channel', channel };
  return { kind: 'desk', desk: desk ?? '' };
}

/** The target as the file would say it. */
export function targetText(target: Target): string | Readonly<Record<string, string>> {
  if (target.kind === 'on_duty' || target.kind === 'everyone') return target.kind;
  const { kind, ...name } = target;
  return name;
}
