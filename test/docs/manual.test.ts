import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addCommands } from '../../src/cli/act-words.ts';
import { codeIn, documents, page, pages, ROOT, read, tableIn } from './documents.ts';
import { schemaKeys } from './schema-keys.ts';

/** `link <officer>`, `journal verify [file]` as the command line declares them, without what follows. */
function commandsOf(source: string): readonly string[] {
  const groups = new Map(
    [...source.matchAll(/const (\w+) = program\.command\('(\w+)'\)/g)].map(([, it, name]) => [it, name]),
  );
  const declared = [...source.matchAll(/^(\w+)\n\s*\.command\('(\w+)/gm)];
  return declared.map(([, parent = '', name = '']) => [groups.get(parent), name].filter(Boolean).join(' '));
}

const cli = read('src/cli.ts').text + read('src/cli/act-words.ts').text;
const commands = [...commandsOf(cli), ...typedWords()];

/** The words of requests, which are declared by their table. */
function typedWords(): readonly string[] {
  const program = new Command();
  addCommands(program);
  return program.commands.flatMap((command) => [command.name(), ...command.aliases()]);
}
const scripts = Object.keys((JSON.parse(read('package.json').text) as { scripts: object }).scripts);
const used = (form: RegExp) =>
  documents.flatMap((document) =>
    codeIn(document).flatMap((code) => [...code.matchAll(form)].map(([, it = '']) => it)),
  );

describe('commands in the documents', () => {
  it('of Tocsin are those of the command line', () => {
    const named = used(/npx tocsin ((?:config |journal )?\w+)/g);
    expect(commands).toContain('journal verify');
    const groups = commands.flatMap((command) => command.split(' ').slice(0, -1));
    expect(named.filter((command) => ![...commands, ...groups].includes(command))).toEqual([]);
  });

  it('of Tocsin are all there', () => {
    const named = pages.flatMap(({ text }) =>
      [...text.matchAll(/(?:npx tocsin|npm) ((?:config |journal )?\w+)/g)].map(([, it]) => it),
    );
    const words = typedWords();
    expect(commands.filter((command) => !named.includes(command) && !words.includes(command))).toEqual([]);
  });

  it('have options that there are', () => {
    const options = used(/npx tocsin [^|>#]*?(--[a-z]+)/g);
    expect(options.length).toBeGreaterThan(0);
    expect(options.filter((option) => !cli.includes(`'${option}`))).toEqual([]);
  });

  it('of npm are scripts of the package', () => {
    const named = used(/npm run (?:--silent )?([\w-]+)/g);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
  });
});

describe('files in the documents', () => {
  it('are there', () => {
    const named = documents.flatMap((document) =>
      codeIn(document).flatMap((code) =>
        [...code.matchAll(/(?<![\w./@-])(?:src|test|docs|rota|adapters|prisma|\.ci)\/[\w./-]*[\w/]/g)].map(
          ([path]) => `${document.name}: ${path}`,
        ),
      ),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((line) => !existsSync(join(ROOT, line.split(': ')[1] ?? '')) && !isMade(line))).toEqual([]);
  });

  it('name for each promise tests that there are', () => {
    const rows = tableIn(read('README.md').text.replace('| | promise', '| number | promise'), 'number');
    expect(rows.map(([number]) => number)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    for (const [, , tests = ''] of rows) expect(tests).toMatch(/^(`test\/[\w./-]+\.ts` ?)+$/);
  });
});

/** Made by a script or not there before something is added. */
function isMade(line: string): boolean {
  return /: (prisma\/generated|adapters\/$|src\/reports\/$)/.test(line);
}

describe('the environment', () => {
  it('is told whole, and nothing else of it', () => {
    const example = [...read('.env.example').text.matchAll(/^# (TOCSIN_[A-Z_]+)=/gm)].map(([, name]) => name);
    const told = tableIn(page('start.md'), 'variable').map(([name = '']) => name.replaceAll('`', ''));
    expect(told.toSorted()).toEqual(example.toSorted());
  });
});

describe('the configuration', () => {
  const sections = page('configuration.md').split(/^## /m).slice(1);
  const told = sections.flatMap((section) => {
    const [, prefix = ''] = /^`([^`]+)`/.exec(section) ?? [];
    const keys = tableIn(section, 'key').map(([key = '']) => key.replaceAll('`', ''));
    return keys.map((key) => (prefix === 'tocsin.yaml' ? key : `${prefix}.${key}`));
  });

  it('is told key by key, all keys that there are and no others', () => {
    expect(told.toSorted()).toEqual(schemaKeys().toSorted());
  });
});
