import { SECOND } from '../../rota/instant.ts';
import { StoreUnavailable } from '../ports/store.ts';
import { Problem, type ProblemCode } from './problem.ts';

/** Senders try again after so long when the store cannot answer. */
const RETRY = 2 * SECOND;

/** Refusals of the framework and its plugins, by their codes. */
const REFUSALS: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_REQ_FILE_TOO_LARGE: 'too_large',
  FST_PARTS_LIMIT: 'too_many_files',
  FST_FILES_LIMIT: 'too_many_files',
  FST_FIELDS_LIMIT: 'too_many_files',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media',
  FST_ERR_NOT_FOUND: 'not_found',
};

/**
 * What an error that reached the server says to whoever asked: a refusal that was meant, the store away, or a fault of
 * ours (undefined), of which nothing but its id may be told.
 */
export function refusalOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof StoreUnavailable) return new Problem('unavailable', { retryAfter: RETRY });
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' && Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  if (known !== undefined) return new Problem(known);
  // Whatever else the framework finds wrong with a request: a broken length, a form that breaks off.
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? new Problem('invalid') : undefined;
}
