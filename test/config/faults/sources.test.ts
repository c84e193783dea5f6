import { fileWith } from '../files.ts';
import { eachFault } from './each-fault.ts';

const source = (keys: string) => `    sources:\n      - { id: ncb, name: NCB, ${keys} } #!\n`;
const inDesk = (desk: string) => fileWith({ desk });

eachFault('secrets and sources', [
  {
    name: 'a source in two desks',
    text: inDesk(
      `    sources: [{ id: ncb, name: N, token: { env: TOCSIN_TOKEN_NCB } }]
  - id: night
    name: N
    letters: "N"
    time_zone: UTC
    sources:
      - { id: ncb, name: N, token_sha256: ${'a1'.repeat(32)} } #!
`,
    ),
    path: 'desks[1].sources[0].id',
    wrong: /"ncb" is the id of a source twice/,
  },
  {
    name: 'two sources with one token',
    text: inDesk(`    sources:
      - { id: ncb, name: N, token: { env: TOCSIN_TOKEN_NCB } }
      - { id: fiu, name: F, token: { env: TOCSIN_TOKEN_NCB } } #!
`),
    path: 'desks[0].sources[1]',
    wrong: /the same token as ncb/,
  },
  {
    name: 'a source without a token',
    text: inDesk(source('country: RO')),
    path: 'desks[0].sources[0].token',
    wrong: /is missing/,
  },
  {
    name: 'a source with a token and a hash',
    text: inDesk(source(`token: { env: TOCSIN_TOKEN_NCB }, token_sha256: ${'a1'.repeat(32)}`)),
    path: 'desks[0].sources[0].token_sha256',
    wrong: /there is a token as well/,
  },
  {
    name: 'a token whose variable is not set',
    text: inDesk(source('token: { env: TOCSIN_TOKEN_NBC }')),
    path: 'desks[0].sources[0].token.env',
    wrong: /TOCSIN_TOKEN_NBC is not set/,
    nearest: 'TOCSIN_TOKEN_NCB',
  },
  {
    name: 'a token that stands in the file',
    text: inDesk(source('token: hunter2')),
    path: 'desks[0].sources[0].token',
    wrong: /not shown/,
  },
  {
    name: 'a token in the place of the name of its variable',
    text: inDesk(source('token: { env: hunter2 }')),
    path: 'desks[0].sources[0].token.env',
    wrong: /not shown/,
  },
  {
    name: 'a token in the place of its hash',
    text: inDesk(source('token_sha256: hunter2')),
    path: 'desks[0].sources[0].token_sha256',
    wrong: /not shown/,
  },
  {
    name: 'a password under a key of its own',
    text: fileWith({ top: 'db_password: hunter2 #!\n' }),
    path: 'db_password',
    wrong: /not known/,
  },
  {
    name: 'a password in the address of the database',
    text: fileWith({ top: 'database: postgresql://tocsin:hunter2@db.example/tocsin #!\n' }),
    path: 'database',
    wrong: /holds a password/,
  },
  {
    name: 'a database of a kind that Tocsin does not have',
    text: fileWith({ top: 'database: mysql://db.example/tocsin #!\n' }),
    path: 'database',
    wrong: /is not the address of a database/,
  },
]);
