import { type DestinationStream, type Level, type Logger, pino } from 'pino';
import { StoreUnavailable } from '../ports/store.ts';

export type Log = Logger;

/**
 * All that a log line may hold beside its fixed text. Whatever else is given is dropped: what is not on this list cannot
 * leak. None of these is ever a text that came from outside.
 */
const FIELDS = ['id', 'method', 'route', 'status', 'ms', 'err', 'work', 'stream', 'delivery', 'alarm'] as const;
const MORE_FIELDS = ['node', 'revision', 'port', 'source', 'code', 'count', 'lateness', 'signal'] as const;
const ALLOWED: ReadonlySet<string> = new Set([...FIELDS, ...MORE_FIELDS]);

/**
 * The log: JSON lines without case content. Errors are told by class, code and where they were thrown, never by their
 * message, which may quote what somebody sent.
 */
export function createLog(options: { readonly level?: Level; readonly to?: DestinationStream } = {}): Log {
  const { level = 'info', to } = options;
  const settings = {
    level,
    base: null,
    serializers: { err: safeError, req: nothing, res: nothing },
    formatters: { log: onlyAllowed, level: (label: string) => ({ level: label }), bindings: onlyAllowed },
    hooks: {
      // pino takes the message of an error for the text of the line where none is given.
      logMethod(this: Logger, args: [unknown, ...unknown[]], method: (...args: unknown[]) => void) {
        const [first, text] = args;
        const fields = first instanceof Error ? { err: first } : first;
        if (typeof fields === 'string') method.call(this, fields);
        else method.call(this, fields, typeof text === 'string' && !isTextOf(text, fields) ? text : 'error');
      },
    },
  };
  return to === undefined ? pino(settings) : pino(settings, to);
}

const nothing = () => undefined;

/** Libraries like to say the message of the error a second time. */
function isTextOf(text: string, fields: unknown): boolean {
  const err = typeof fields === 'object' && fields !== null && 'err' in fields ? fields.err : undefined;
  return err instanceof Error && err.message !== '' && text.includes(err.message);
}

function onlyAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => ALLOWED.has(key)));
}

type SafeError = {
  readonly type: string;
  readonly code?: string | number;
  readonly at: readonly string[];
  readonly cause?: SafeError;
};

const DEEPEST_CAUSE = 4;
const MOST_FRAMES = 12;
const CODE = /^[A-Za-z0-9_.:-]{1,60}$/;
const FRAME = /^ {4}at (?:(?:async |new )?[\w$.<>#[\] ]+ \()?(?:file:\/\/|node:|\/)[^()\s]*:\d+:\d+\)?$/;

/** What may be told of anything that was thrown. */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const cause = error.cause === undefined || depth >= DEEPEST_CAUSE ? {} : { cause: safeError(error.cause, depth + 1) };
  return { type: classOf(error), ...codeOf(error), at: framesOf(error), ...cause };
}

function classOf(error: Error): string {
  const name = error.constructor.name || error.name;
  return CODE.test(name) ? name : 'Error';
}

function codeOf(error: Error): { code?: string | number } {
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'number') return { code };
  // Ours are names of states, some of several words.
  if (error instanceof StoreUnavailable) return { code: error.code };
  return typeof code === 'string' && CODE.test(code) ? { code } : {};
}

/** The lines of the stack that name places in code; the message before them may have lines that only look like it. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const end = message === '' ? 0 : stack.indexOf(message) + message.length;
  if (message !== '' && !stack.includes(message)) return [];
  return stack
    .slice(end)
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, MOST_FRAMES)
    .map((line) => line.trim());
}
