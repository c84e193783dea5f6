import { CHECKS } from './checks/all.ts';
import type { Config } from './config.ts';
import { type Document, readDocument } from './document.ts';
import { type Environment, secretsOf } from './environment.ts';
import { type Fault, type Finding, inOrder, type Note } from './fault.ts';
import { expectedText, findingsOf } from './findings.ts';
import { notesOf } from './notes.ts';
import type { Places } from './places.ts';
import { isGroup } from './raw.ts';
import { respelt } from './respelt.ts';
import { fileSchema, jsonSchema } from './schema.ts';
import { withoutSecrets } from './secrecy.ts';
import { backupOf } from './sections/backup.ts';
import { databaseSection } from './sections/database.ts';
import { desks } from './sections/desks.ts';
import { limitsOf } from './sections/limits.ts';
import { officers } from './sections/officers.ts';
import { webSection } from './sections/web.ts';

/**
 * What the process stands on before it can read a revision. It belongs to the machine, not to a revision, and the
 * address of the database may hold a password.
 */
export type Footing = { readonly database: string; readonly port: number };

export type ConfigResult =
  | { readonly ok: true; readonly config: Config; readonly notes: readonly Note[]; readonly footing: Footing }
  | {
      readonly ok: false;
      readonly faults: readonly Fault[];
      /** As much of it as can be told for certain, to find the last applied revision by. */
      readonly footing: Partial<Footing>;
    };

/**
 * Reads the text of a configuration file, or of an applied revision (see `canonical`). Lists all faults at once, in the
 * order of the file; never throws. Where the YAML itself is broken, only what stands before that place is judged.
 */
export function parseConfig(text: string, file: string, env: Environment): ConfigResult {
  const document = readDocument(text, file);
  const schema = jsonSchema();
  const spelt = respelt(document.value, schema);
  const places = document.places.under(spelt.written);
  const parsed = fileSchema.safeParse(spelt.value, { error: expectedText });
  const shape = findingsOf(parsed.error?.issues ?? [], spelt, schema, places);
  const further = [
    ...(document.value === undefined ? emptyFile(document) : trusted(shape, places, document.brokenAt)),
    ...(document.brokenAt === undefined ? referenceFindings(spelt.value, env) : []),
  ].map((finding) => places.locate(finding));
  // What YAML itself cannot read there need not be told to have the wrong shape as well.
  const unread = new Set(document.faults.map(whereOf));
  const faults = [...document.faults, ...further.filter((fault) => fault.path === '' || !unread.has(whereOf(fault)))];
  const secrets = secretsOf(env);
  if (!parsed.success || faults.length > 0) {
    return {
      ok: false,
      faults: inOrder(faults.map((fault) => withoutSecretTexts(fault, secrets))),
      footing: certainFooting(document, env),
    };
  }
  const { data } = parsed;
  const everyone = data.officers.map(({ id }) => id);
  const backup = backupOf(data.backup);
  const config: Config = {
    officers: officers(data.officers),
    desks: desks(data.desks, everyone, env.tokens),
    left: data.left,
    limits: limitsOf(data.limits),
    ...(backup === undefined ? {} : { backup }),
  };
  const footing = { database: env.databaseUrl ?? data.database, port: env.port ?? data.web.port };
  return { ok: true, config, notes: inOrder(notesOf(config, document.places)), footing };
}

function whereOf({ line, path }: Fault): string {
  return `${line} ${path}`;
}

function emptyFile({ faults }: Document): readonly Finding[] {
  if (faults.length > 0) return [];
  return [{ path: [], wrong: 'it is empty', expected: 'officers and desks, as in docs/examples/tocsin.yaml' }];
}

/** After a broken place keys may belong to the wrong parent, and before it they may be missing only because of it. */
function trusted(findings: readonly Finding[], places: Places, brokenAt: number | undefined): readonly Finding[] {
  if (brokenAt === undefined) return findings;
  return findings.filter(({ path, at }) => places.has(path) && places.offset(path, at) < brokenAt);
}

function referenceFindings(value: unknown, { tokens }: Environment): readonly Finding[] {
  return CHECKS.flatMap((check) => check({ value, path: [] }, { tokens }));
}

function withoutSecretTexts(fault: Fault, secrets: readonly string[]): Fault {
  const { path, wrong, expected, nearest, ...place } = fault;
  return {
    ...place,
    path: withoutSecrets(path, secrets),
    wrong: withoutSecrets(wrong, secrets),
    expected: withoutSecrets(expected, secrets),
    ...(nearest === undefined ? {} : { nearest: withoutSecrets(nearest, secrets) }),
  };
}

/** Of a broken file only what stands before the break counts; what is not there may stand behind it. */
function certainFooting({ value, places, brokenAt }: Document, env: Environment): Partial<Footing> {
  const file = isGroup(value) ? value : {};
  const told = (key: string) => brokenAt === undefined || (places.has([key]) && places.offset([key]) < brokenAt);
  const database = databaseSection.safeParse(file['database']);
  const web = webSection.safeParse(file['web']);
  const fromFile = {
    ...(told('database') && database.success ? { database: database.data } : {}),
    ...(told('web') && web.success ? { port: web.data.port } : {}),
  };
  return {
    ...fromFile,
    ...(env.databaseUrl === undefined ? {} : { database: env.databaseUrl }),
    ...(env.port === undefined ? {} : { port: env.port }),
  };
}
