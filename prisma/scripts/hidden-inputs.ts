import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { filesIn } from './tree.ts';

/** A way to let the world in by the back door: what, in which folders, where all the same, and what to do instead. */
type Ban = {
  readonly uses: readonly string[];
  readonly folders: readonly string[];
  readonly except: readonly string[];
  readonly instead: string;
};

const PURE = ['rota', 'src/request', 'src/paging', 'src/journal', 'src/ports', 'src/desk'];
const DECIDING = [...PURE, 'src/engine', 'src/commands', 'src/locales', 'src/reports'];
const PRODUCT = ['rota', 'src', 'adapters'];

const CLOCKS = ['Date.now', 'new Date()', 'Date()', 'performance.now', 'DateTime.now', 'DateTime.utc', 'Temporal.Now'];
const CHANCE = ['Math.random', 'randomUUID', 'randomBytes', 'randomInt', 'getRandomValues'];
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate'];
const LOCAL_DATE = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];
const CIVIL = [
  ...['DateTime.local', 'DateTime.fromObject', 'DateTime.fromFormat', 'DateTime.fromISO', 'DateTime.fromSQL'],
  ...['keepLocalTime', '.getPossibleOffsets', '.getTimezoneOffset', 'new Date(…, …)'],
  ...LOCAL_DATE.flatMap((part) => [`.get${part}`, `.set${part}`]),
];

const BANS: readonly Ban[] = [
  { uses: CLOCKS, folders: DECIDING, except: [], instead: 'take `now` as an argument' },
  { uses: CHANCE, folders: DECIDING, except: [], instead: 'take the id, salt or draw as an argument' },
  { uses: TIMERS, folders: PURE, except: [], instead: 'return a due time: what waits is a row, see docs/adr/0002' },
  {
    uses: ['process.env'],
    folders: PRODUCT,
    except: ['src/config/', 'src/cli/', 'src/main.ts'],
    instead: 'read it in src/config and hand it on',
  },
  {
    uses: CIVIL,
    folders: PRODUCT,
    except: ['rota/civil.ts'],
    instead: 'civil time becomes an instant only in rota/civil.ts',
  },
  {
    uses: ['Date.parse'],
    folders: PRODUCT,
    // The last two let only texts with an offset through to it, in forms that `instant` does not read.
    except: ['rota/instant.ts', 'src/request/sender-time.ts', 'adapters/mail/headers.ts'],
    instead: 'use `instant` of rota/instant.ts: Date.parse reads a time without an offset in the machine’s zone',
  },
];

/** Hidden clocks, chance, environment, timers and civil-time arithmetic where they may not be. */
export function hiddenInputFaults(root: string): string[] {
  return PRODUCT.flatMap((folder) => filesIn(root, folder, '.ts')).flatMap((file) =>
    hiddenInputsOf(file, readFileSync(resolve(root, file), 'utf8')),
  );
}

/** The same for one file, named relative to the repository. */
export function hiddenInputsOf(file: string, text: string): string[] {
  const bans = BANS.filter((ban) => isIn(file, ban.folders) && !ban.except.some((place) => file.startsWith(place)));
  return usesIn(file, text).flatMap(({ name, line }) => {
    const ban = bans.find(({ uses }) => uses.includes(name));
    return ban === undefined ? [] : [`${file}:${line}: ${name} is not allowed here: ${ban.instead}`];
  });
}

const isIn = (file: string, folders: readonly string[]) => folders.some((folder) => file.startsWith(`${folder}/`));

type Use = { readonly name: string; readonly line: number };

function usesIn(file: string, text: string): Use[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const uses: Use[] = [];
  const visit = (node: ts.Node): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    uses.push(...namesOf(node).map((name) => ({ name, line })));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

/** The names under which the table knows an expression: `Date.now`, `.getHours`, `randomUUID`, `new Date()` … */
function namesOf(node: ts.Node): string[] {
  if (ts.isPropertyAccessExpression(node)) {
    const member = node.name.text;
    const owner = ts.isIdentifier(node.expression) ? [`${node.expression.text}.${member}`] : [];
    return [...owner, `.${member}`, ...(CHANCE.includes(member) ? [member] : [])];
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date') return [dateMaking(node)];
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return ['Date()'];
  if (ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node.parent)) return [node.text];
  return [];
}

function dateMaking(node: ts.NewExpression): string {
  const count = node.arguments?.length ?? 0;
  if (count === 0) return 'new Date()';
  return count === 1 ? 'new Date(…)' : 'new Date(…, …)';
}
