import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
const MANUAL = 'docs/manual';

export type Document = { readonly name: string; readonly text: string };

/** Every page that tells people what to type. */
export const pages: readonly Document[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/glossary.md',
  'docs/journal.md',
  ...namesIn(MANUAL),
].map(read);

/** Those and the decisions. */
export const documents: readonly Document[] = [...pages, ...namesIn('docs/adr').map(read)];

export function page(name: string): string {
  return read(`${MANUAL}/${name}`).text;
}

export function read(name: string): Document {
  return { name, text: readFileSync(join(ROOT, name), 'utf8') };
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

/** The rows of the first table whose head has `head` as its first cell; cells without blanks around them. */
export function tableIn(text: string, head: string): readonly (readonly string[])[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  if (start < 0) throw new Error(`no table begins with the column ${head}`);
  const rest = lines.slice(start + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end < 0 ? rest.length : end).map(cellsOf);
}

function cellsOf(line: string): readonly string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** What stands in backticks or in blocks of code. */
export function codeIn({ text }: Document): readonly string[] {
  const blocks = [...text.matchAll(/^\s*```\w*\n(.*?)^\s*```/gms)].map(([, block = '']) => block);
  const prose = text.replace(/^\s*```.*?^\s*```/gms, '');
  return [
    ...blocks.flatMap((block) => block.split('\n')),
    ...[...prose.matchAll(/`([^`\n]+)`/g)].map(([, it = '']) => it),
  ];
}
