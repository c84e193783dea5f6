import { describe, expect, test } from 'vitest';
import { formatNotes } from '../../src/config/fault.ts';
import { applied, fileWith } from './files.ts';

const SOURCE = '    sources: [{ id: ncb, name: N, token: { env: TOCSIN_TOKEN_NCB } }]\n';
const notes = (desk: string, officers?: string) =>
  formatNotes(applied(fileWith({ desk: desk + SOURCE, ...(officers === undefined ? {} : { officers }) })).notes);

describe('what works but should be known', () => {
  test('a desk of one officer works, and says that nobody stands behind', () => {
    const one = 'officers:\n  - { id: ana, name: Ana, methods: [{ type: pager }] }\n';
    const text = notes('    officers: [{ id: ana, role: head }]\n', one);

    expect(text).toBe(
      'tocsin.yaml:4:5 desks[0]: Nobody stands behind ana: desk ncp has one officer, and when ana does not answer, ' +
        'Tocsin can only page ana again.',
    );
  });

  test('a desk of two officers works, and says that nobody stands behind them', () => {
    expect(notes('    officers: [{ id: ana, role: head }, dan, { id: eva }]\n')).toBe('');
    expect(notes('    officers: [{ id: ana, role: head }, dan]\n')).toContain('Nobody stands behind ana and dan');
  });

  test('another desk that is paged in an emergency stands behind them', () => {
    const desks = `    officers: [{ id: ana, role: head }, dan]
    policies: { emergency: { steps: [{ page: on_duty, window: 5m }, { page: { desk: night }, window: 5m }] } }
${SOURCE}  - id: night
    name: Night
    letters: "N"
    time_zone: UTC
    officers: [{ id: ana, role: head }, dan, eva]
`;
    expect(applied(fileWith({ desk: desks })).notes.map(({ text }) => text)).toEqual([
      'Desk night has no source: nobody can send it a request over the interface.',
    ]);
  });

  test('a desk without a head', () => {
    expect(notes('')).toBe(
      'tocsin.yaml:6:5 desks[0]: Nobody in desk ncp has the role head: where the head would be paged, everyone is.',
    );
  });

  test('a policy may page a head whom nobody is', () => {
    expect(notes('    policies: { urgent: { steps: [{ page: { role: head }, window: 5m }] } }\n')).toContain(
      'has the role head',
    );
  });

  test('an officer without a contact method, at the line of the officer', () => {
    const three = `officers:
  - { id: ana, name: Ana, methods: [{ type: pager }] }
  - { id: dan, name: Dan }
  - { id: eva, name: Eva, methods: [{ type: pager }] }
`;
    expect(notes('    officers: [{ id: ana, role: head }, dan, eva]\n', three)).toBe(
      'tocsin.yaml:3:5 officers[1]: dan has no contact method here: unless the store has one, no page can reach dan.',
    );
  });

  test('methods of the duty that this release cannot ring, at their line', () => {
    const desk = `    officers: [{ id: ana, role: head }, dan, { id: eva }]
    duty_methods: [{ type: sms, address: "+15550101" }, { type: mail, address: duty@ncp.example }]
`;
    expect(notes(desk)).toBe(
      'tocsin.yaml:10:5 desks[0].duty_methods: The duty of desk ncp has sms, mail: this release rings pager alone, so no page goes there.',
    );
  });

  test('an officer in no desk', () => {
    expect(notes('    officers: [{ id: ana, role: head }, dan]\n')).toContain('eva belongs to no desk');
  });

  test('a desk that nobody can write to', () => {
    expect(applied(fileWith({})).notes.map(({ text }) => text)).toContain(
      'Desk ncp has no source: nobody can send it a request over the interface.',
    );
  });
});
