import { describe, expect, it } from 'vitest';
import { hiddenInputsOf } from '../../../prisma/scripts/hidden-inputs.ts';

describe('hidden inputs', () => {
  it.each([
    ['a clock in a rule', 'src/request/decide.ts', 'const now = Date.now();', 'Date.now'],
    ['a clock by another name', 'src/paging/plan.ts', 'const now = new Date();', 'new Date()'],
    ['a clock in the engine', 'src/engine/alarms.ts', 'const t = performance.now();', 'performance.now'],
    ['chance in a rule', 'src/desk/receive.ts', 'const x = Math.random();', 'Math.random'],
    ['chance from a package', 'src/journal/salt.ts', 'const salt = randomBytes(32);', 'randomBytes'],
    ['chance from the global crypto', 'src/desk/receive.ts', 'const id = crypto.randomUUID();', 'randomUUID'],
    ['a timer in a use case', 'src/desk/receive.ts', 'setTimeout(go, 10);', 'setTimeout'],
    ['a timer as a value', 'src/desk/receive.ts', 'const later = setTimeout;', 'setTimeout'],
    ['the environment', 'adapters/smtp/send.ts', 'const key = process.env.KEY;', 'process.env'],
    ['the environment by index', 'src/web/server.ts', "const key = process.env['KEY'];", 'process.env'],
    ['local hours', 'src/web/page.ts', 'const h = at.getHours();', '.getHours'],
    ['a date made of parts', 'rota/layer.ts', 'const d = new Date(2026, 2, 29);', 'new Date(…, …)'],
    ['civil time elsewhere', 'rota/layer.ts', 'DateTime.fromObject({ hour: 8 }, { zone });', 'DateTime.fromObject'],
    ['kept local time', 'rota/layer.ts', 't.setZone(zone, { keepLocalTime: true });', 'keepLocalTime'],
    ['a time without an offset', 'src/web/form.ts', 'const at = Date.parse(text);', 'Date.parse'],
  ])('finds %s', (_, file, line, name) => {
    const faults = hiddenInputsOf(file, `// first line\n${line}\n`);
    expect(faults).toEqual([expect.stringContaining(`${file}:2: ${name} is not allowed here`)]);
  });

  it.each([
    ['an instant written as a date', 'rota/instant.ts', 'const text = new Date(at).toISOString();'],
    ['words in comments and texts', 'src/desk/receive.ts', "// Date.now()\nconst text = 'Date.now()';"],
    ['civil time in its one place', 'rota/civil.ts', 'DateTime.fromObject({ hour: 8 }, { zone });'],
    ['the environment in the configuration', 'src/config/environment.ts', 'const env = process.env;'],
    ['a clock where the world begins', 'src/main.ts', 'const now = Date.now();'],
    ['a timer in the engine', 'src/engine/loop.ts', 'setTimeout(go, 1000);'],
    ['a member that is called like a timer', 'src/desk/receive.ts', 'ports.setTimeout(go);'],
    ['tests', 'test/desk/receive.test.ts', 'const now = Date.now();'],
  ])('leaves alone %s', (_, file, text) => {
    expect(hiddenInputsOf(file, text)).toEqual([]);
  });
});
