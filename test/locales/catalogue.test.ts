import { globSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/desk/actions.ts';
import type { DutyRefusal } from '../../src/desk/change-duty.ts';
import { catalogue, LANGUAGES, languageOf, textsOf } from '../../src/locales/catalogue.ts';
import type { MailNoteCode } from '../../src/ports/mail-reader.ts';
import type { DeliveryRow } from '../../src/ports/register.ts';
import type { RefusalCode } from '../../src/request/command.ts';
import type { Cause, Nature, Outcome, Skipped, StepName, Verification } from '../../src/request/entries.ts';
import { KINDS } from '../../src/request/kinds.ts';
import type { RequestState } from '../../src/request/state.ts';
import { URGENCIES } from '../../src/request/urgency.ts';
import type { DutyFault, DutyField } from '../../src/web/page/duty-said.ts';
import { VALUES } from '../../src/web/page/story-values.ts';

/** A list of all members of a union of names: a member that is left out does not compile. */
const all = <T extends string>(members: Readonly<Record<T, true>>): readonly T[] => Object.keys(members) as T[];

const REFUSALS = all<RefusalCode>({
  already_yours: true,
  already_acknowledged: true,
  acknowledge_first: true,
  not_yours: true,
  not_asked: true,
  not_more_urgent: true,
  not_less_urgent: true,
  nothing_to_consent: true,
  consent_by_the_same: true,
  nothing_to_review: true,
  not_the_reviewer: true,
  reviewed_by_the_same: true,
  verify_sender_first: true,
  already_verified: true,
  already_started: true,
  unknown_ground: true,
  unknown_reason: true,
  unknown_kind: true,
  unknown_officer: true,
  unknown_policy: true,
  unknown_clock: true,
  clock_stopped: true,
  time_in_the_past: true,
  time_in_the_future: true,
  time_long_past: true,
  time_too_far: true,
  outcome_first: true,
  hold_runs: true,
  has_outcome: true,
  closed: true,
  not_closed: true,
  words_missing: true,
});
const DUTY_REFUSALS = all<DutyRefusal['code']>({
  unknown_officer: true,
  ends_before_start: true,
  over: true,
  too_far: true,
  replaces_oneself: true,
  nobody: true,
  changes_nothing: true,
});
const DUTY_FIELDS = all<DutyField>({ who: true, and: true, instead: true, from: true, until: true });
const DUTY_FAULTS = all<DutyFault['code']>({ missing: true, not_a_time: true, one_for_one: true, nobody_alone: true });
const CAUSES = all<Cause>({
  began: true,
  window: true,
  skipped: true,
  failed: true,
  passed: true,
  by_hand: true,
  released: true,
  reassigned: true,
  raised: true,
  policy_changed: true,
  no_progress: true,
  reopened: true,
});
const SKIPS = all<Skipped['why']>({ nobody: true, passed: true, no_method: true, just_paged: true, unknown: true });
const STATUSES = all<RequestState['status']>({ open: true, acknowledged: true, concluded: true, closed: true });
const DELIVERIES = all<DeliveryRow['state']>({
  pending: true,
  claimed: true,
  handed_over: true,
  failed: true,
  cancelled: true,
});
const RESULTS = all<Outcome['result']>({
  answered: true,
  refused: true,
  not_possible: true,
  no_further_action: true,
  forwarded: true,
});
const STEPS = all<Extract<StepName, string>>({ named: true, head: true, last_resort: true, everyone: true });
const VERIFICATIONS = all<Verification['how']>({ token: true, unverified: true, by_officer: true });
const NATURES = all<Nature>({ ping: true, bounce: true, auto_reply: true });
const MAIL_NOTES = all<MailNoteCode>({
  body_missing: true,
  charset_unknown: true,
  date_implausible: true,
  date_unreadable: true,
  embedded_message: true,
  encrypted: true,
  html_added: true,
  html_only: true,
  html_simplified: true,
  replaced_characters: true,
  sender_missing: true,
  several_senders: true,
  structure_broken: true,
  text_cut: true,
  too_many_parts: true,
  truncated: true,
  winmail_dat: true,
});
const PAGE_REASONS = ['step', 'last_resort', 'reminder', 'file', 'handover', 'clock', 'stuck'];
const DELIVERY_CODES = [
  'not_connected',
  'not_confirmed',
  'no_such_method',
  'no_such_channel',
  'nobody_there',
  'channel_down',
];
const ENGINE_CODES = ['no_answer', 'adapter_fault', 'other'];

const named = (group: string, codes: readonly string[]) => codes.map((code) => `${group}.${code}`);

/** Every code that people may be told of, as the keys of its texts. */
const KEYS = [
  ...named('refusal', REFUSALS),
  ...named('duty_refusal', DUTY_REFUSALS),
  ...named('duty_form', DUTY_FIELDS),
  ...named('field', DUTY_FAULTS),
  ...named('refused', ['unknown_request', 'not_your_desk']),
  ...named('story', Object.keys(VALUES)),
  ...named('cause', CAUSES),
  ...named('skipped', SKIPS),
  ...named('warning', ['nobody_behind', ...SKIPS.map((why) => `skipped_${why}`)]),
  ...named('status', STATUSES),
  ...named('urgency', URGENCIES),
  ...named('delivery', DELIVERIES),
  ...named('delivery_code', [...DELIVERY_CODES, ...ENGINE_CODES]),
  ...named('delivery_reason', PAGE_REASONS),
  ...named('outcome', RESULTS),
  ...named('outcome_in_full', RESULTS),
  ...named('clock_stopped', [...RESULTS, 'told', 'preserved', 'closed']),
  ...named('step', STEPS),
  ...named('verification', VERIFICATIONS),
  ...named('nature', NATURES),
  ...named('mail_note', MAIL_NOTES),
  ...named('field', ['missing', 'not_a_time', 'not_a_choice']),
  ...KINDS.flatMap(({ name, clocks, items }) => [
    name,
    ...clocks.map((clock) => `clock.${clock.name}`),
    ...items.map((item) => item.name),
  ]),
  ...Object.entries(ACTIONS).flatMap(([action, { fields }]) => [
    `action.${action}`,
    `about.${action}`,
    ...fields.map((field) => `label.${action}.${field.name}`),
  ]),
];

describe.each(LANGUAGES)('the catalogue %s', (language) => {
  it('has a text for every code that people may be told of', () => {
    expect(KEYS.filter((key) => !textsOf(language).has(key))).toEqual([]);
  });

  it('has the keys of the English one and no others', () => {
    expect([...textsOf(language).keys()].sort()).toEqual([...textsOf('en').keys()].sort());
  });

  it('takes the same values as the English one', () => {
    const differing = [...textsOf('en')].filter(([key, english]) => {
      const own = textsOf(language).get(key);
      return own === undefined || valuesIn(own, language) !== valuesIn(english, 'en');
    });
    expect(differing.map(([key]) => key)).toEqual([]);
  });
});

describe('the pages', () => {
  it('ask for no text that nobody wrote', () => {
    const sources = globSync('src/{web,locales}/**/*.ts').map((file) => readFileSync(file, 'utf8'));
    const asked = sources.flatMap((source) => [...source.matchAll(/\btext\('([^']+)'/g)].map(([, key]) => key ?? ''));
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((key) => !textsOf('en').has(key))).toEqual([]);
  });
});

describe('a catalogue', () => {
  it('speaks the language of a regional one', () => {
    expect(catalogue('fr-CA')('urgency.routine')).toBe('Courant');
  });

  it('is English for a language that we do not have', () => {
    expect(languageOf('xx')).toBe('en');
    expect(catalogue('ro')('action.pass')).toBe('Pass');
  });

  it('shows the key of a text that nobody wrote or that lacks a value, and breaks no page', () => {
    expect(catalogue('en')('no.such.text')).toBe('no.such.text');
    expect(catalogue('fr')('refusal.not_yours')).toBe('refusal.not_yours');
  });

  it('tells whoever wants to know what was wrong', () => {
    const strict = catalogue('en', (_key, error) => {
      throw error;
    });
    expect(() => strict('no.such.text')).toThrow('no.such.text');
    expect(() => strict('refusal.not_yours')).toThrow('owner');
    expect(strict('urgency.test')).toBe('Test');
  });

  it('puts values in as they are, markup and braces included', () => {
    const said = catalogue('en')('pager.taken', { shortId: '{K7Q2}', officer: '<b>Ana</b>' });
    expect(said).toBe('{K7Q2} was taken by <b>Ana</b>.');
  });
});

type Elements = ReturnType<IntlMessageFormat['getAst']>;
/** Of the parser's types of elements: plain text, a choice, and the number of a plural. */
const [LITERAL, SELECT, POUND] = [0, 5, 7];

/** Names and kinds of what a message is filled with, and the choices it knows. */
function valuesIn(message: string, language: string): string {
  const found = new Set<string>();
  const walk = (elements: Elements): void => {
    for (const element of elements) {
      if (element.type === LITERAL || element.type === POUND || !('value' in element)) continue;
      const options = 'options' in element ? element.options : {};
      const choices = element.type === SELECT ? Object.keys(options).sort().join('|') : '';
      found.add(`${element.value} ${element.type} ${choices}`);
      for (const option of Object.values(options)) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst());
  return [...found].sort().join(', ');
}
