import type { Policy } from '../paging/policy.ts';
import type { Config, Desk } from './config.ts';
import type { Note } from './fault.ts';
import { type Path, pathText } from './path.ts';
import type { Places } from './places.ts';
import { HEAD_ROLE } from './sections/desks.ts';

/** Types of methods that this release can ring. The others may be written down already. */
export const RINGING: readonly string[] = ['pager'];

type Remark = { readonly path: Path; readonly text: string };

/** What works but should be known: nobody behind an officer, no head, nobody who can be reached, what cannot be rung. */
export function notesOf(config: Config, places: Places): readonly Note[] {
  const remarks = [...officerRemarks(config), ...config.desks.flatMap(deskRemarks)];
  return remarks.map(({ path, text }) => ({
    ...places.position(places.offset(path, 'key')),
    path: pathText(path),
    text,
  }));
}

function officerRemarks({ officers, desks }: Config): readonly Remark[] {
  const members = new Set(desks.flatMap((desk) => desk.officers.map(({ id }) => id)));
  return officers.flatMap(({ id, methods }, index) => {
    const path = ['officers', index];
    const noMethod = `${id} has no contact method here: unless the store has one, no page can reach ${id}.`;
    const ringing = methods.filter(({ type }) => RINGING.includes(type));
    const noRinging = `${id} has only ${methods.map(({ type }) => type).join(', ')}: this release rings ${RINGING.join(', ')} alone, so no page can reach ${id}.`;
    const noDesk = `${id} belongs to no desk and is never paged.`;
    return [
      ...(methods.length === 0 ? [{ path, text: noMethod }] : []),
      ...(methods.length > 0 && ringing.length === 0 ? [{ path, text: noRinging }] : []),
      ...(members.has(id) ? [] : [{ path, text: noDesk }]),
    ];
  });
}

function deskRemarks(desk: Desk, index: number): readonly Remark[] {
  const path = ['desks', index];
  const texts = [behind(desk), head(desk), sources(desk)];
  const remarks = texts.flatMap((text) => (text === undefined ? [] : [{ path, text }]));
  return [...remarks, ...dutyMethodRemarks(desk, path)];
}

function dutyMethodRemarks({ id, dutyMethods }: Desk, path: Path): readonly Remark[] {
  const silent = dutyMethods.filter(({ type }) => !RINGING.includes(type));
  if (silent.length === 0) return [];
  const text = `The duty of desk ${id} has ${silent.map(({ type }) => type).join(', ')}: this release rings ${RINGING.join(', ')} alone, so no page goes there.`;
  return [{ path: [...path, 'duty_methods'], text }];
}

/** Another desk that is paged in an emergency stands behind them. */
function behind({ id, officers, policies }: Desk): string | undefined {
  const [first, second, third] = officers.map((member) => member.id);
  if (third !== undefined || pagesDesk(policies.emergency)) return undefined;
  return second === undefined
    ? `Nobody stands behind ${first}: desk ${id} has one officer, and when ${first} does not answer, Tocsin can only page ${first} again.`
    : `Nobody stands behind ${first} and ${second}: desk ${id} has two officers, and when one of them is away the other is alone.`;
}

function pagesDesk({ steps }: Policy): boolean {
  return steps.some(({ targets }) => targets.some(({ kind }) => kind === 'desk'));
}

function head({ id, officers }: Desk): string | undefined {
  if (officers.some(({ role }) => role === HEAD_ROLE)) return undefined;
  return `Nobody in desk ${id} has the role ${HEAD_ROLE}: where the head would be paged, everyone is.`;
}

function sources({ id, sources }: Desk): string | undefined {
  return sources.length === 0
    ? `Desk ${id} has no source: nobody can send it a request over the interface.`
    : undefined;
}
