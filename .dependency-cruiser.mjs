// Who may import whom. A layer sees itself and what stands beside its name; everything else is forbidden.

const RULES = ['rota', 'src/request', 'src/paging', 'src/journal'];
const INWARD = [...RULES, 'src/ports'];

const LAYERS = {
  rota: [],
  // An entry refers to content the way the journal marks it.
  'src/request': ['rota', 'src/journal/marks.ts'],
  'src/paging': ['rota', 'src/request'],
  'src/journal': ['rota/instant.ts'],
  'src/ports': RULES,
  'src/config': RULES,
  'src/locales': RULES,
  // What a revision of the configuration says is data like any other.
  'src/desk': [...INWARD, 'src/config/config.ts'],
  // A copy of a store is verified as a journal is read everywhere.
  'src/store': [...INWARD, 'src/desk/journal-source.ts', 'prisma/generated'],
  'src/engine': [...INWARD, 'src/desk'],
  // A mistyped word is told the nearest right one as a mistyped key of the file is.
  'src/commands': [...INWARD, 'src/desk', 'src/config/nearest.ts'],
  'src/reports': [...INWARD, 'src/locales'],
  'src/web': [...INWARD, 'src/desk', 'src/commands', 'src/locales', 'src/reports'],
  'src/demo': [...INWARD, 'src/desk', 'src/config'],
  'prisma/scripts': [],
};

/** Packages and Node's own modules that the inner layers may use; a layer that is not named here may use any. */
const OUTSIDE = {
  rota: ['luxon'],
  'src/request': [],
  'src/paging': [],
  'src/journal': ['crypto'],
  'src/ports': [],
  'src/desk': ['crypto'],
  'src/engine': ['crypto', 'timers/promises', 'node-cron'],
  'src/commands': [],
};

/** Packages that one layer owns, so that the rest of the house does not learn their words. */
const OWNERS = {
  luxon: ['rota', 'src/locales', 'src/reports'],
  '(@prisma/|@libsql/|pg/)': ['src/store', 'prisma/'],
  'fastify/': ['src/web'],
};

const any = (parts) => `^(${parts.join('|')})`;
const folder = (path) => (path.endsWith('.ts') ? path.replaceAll('.', '\\.') : `${path}/`);
const packageNamed = (name) => `node_modules/(@types/)?${name}`;

const layers = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `${layer} imports only ${['itself', ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^${layer}/` },
  to: { path: any(['src/', 'rota/', 'adapters/', 'prisma/']), pathNot: any([layer, ...allowed].map(folder)) },
}));

const outside = Object.entries(OUTSIDE).map(([layer, allowed]) => ({
  name: `${layer} uses ${allowed.length === 0 ? 'no package' : `only ${allowed.join(', ')}`}`,
  severity: 'error',
  from: { path: `^${layer}/` },
  to: {
    dependencyTypesNot: ['local', 'type-only', 'unknown'],
    pathNot: [
      any(['src/', 'rota/', 'adapters/', 'prisma/']),
      ...allowed.flatMap((name) => [`^(node:)?${name}$`, packageNamed(`${name}/`)]),
    ],
  },
}));

const owners = Object.entries(OWNERS).map(([name, allowed]) => ({
  name: `${name} belongs to ${allowed.join(', ')}`,
  severity: 'error',
  from: { path: any(['src/', 'rota/', 'adapters/']), pathNot: any(allowed) },
  to: { path: packageNamed(name) },
}));

export default {
  forbidden: [
    ...layers,
    ...outside,
    ...owners,
    {
      name: 'an adapter imports only ports, rules, texts and itself',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/' },
      to: {
        path: any(['src/', 'rota/', 'adapters/', 'prisma/']),
        pathNot: ['^adapters/$1/', any([...INWARD, 'src/locales'].map(folder))],
      },
    },
    {
      name: 'only main and the command line know adapters',
      severity: 'error',
      from: { path: any(['src/', 'rota/', 'prisma/']), pathNot: '^src/(main|cli)\\.ts$' },
      to: { path: '^adapters/' },
    },
    {
      name: 'nothing imports the ends',
      comment: 'main.ts and cli.ts wire everything and are started, not imported; a command may start main.ts.',
      severity: 'error',
      from: { path: any(['src/', 'rota/', 'adapters/']), pathNot: '^src/cli(\\.ts$|/)' },
      to: { path: '^src/(main|cli)\\.ts$' },
    },
    { name: 'nothing imports tests', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'every import resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'the product uses no development package',
      severity: 'error',
      from: { path: any(['src/', 'rota/', 'adapters/']) },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'prisma/generated'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
