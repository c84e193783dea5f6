import type { Finding, Verdict } from '../desk/doctor/finding.ts';
import { VERDICTS } from '../desk/doctor/finding.ts';
import { catalogue, type Text } from '../locales/catalogue.ts';
import { jsonForTerminal, textForTerminal } from './act-terminal.ts';
import { examineHere } from './doctor-checks.ts';
import { lookAround } from './doctor-here.ts';
import { languageIn } from './journal-page.ts';

const EXIT_FAULTS = 1;
const EXIT_NOT_LOOKED = 2;

/** What is told of a finding; of a fault also what it means for the desk and what to do. */
export type Told = Finding & {
  readonly verdict: Verdict;
  readonly what: string;
  readonly means?: string;
  readonly todo?: string;
};

/** Says how the desk stands. Exit code 0: all is well; 1: there are faults; 2: none was found, but not all could be looked at. */
export async function doctor({
  json,
  language,
}: {
  readonly json?: boolean;
  readonly language?: string;
}): Promise<void> {
  const here = await lookAround();
  const text = catalogue(language ?? languageIn(process.env));
  const told = (await examineHere(here)).map((finding) => tell(finding, text));
  const exitCode = exitCodeOf(told.map(({ verdict }) => verdict));
  console.log(json ? jsonForTerminal({ exitCode, findings: told }) : paragraphs(told, text));
  process.exitCode = exitCode;
  // A process that never answers would be waited for as long as it lives.
  if (here.process.state === 'silent') process.exit(exitCode);
}

/** A fault outweighs what could not be looked at: it is known. What a machine does not tell is no fault. */
export function exitCodeOf(verdicts: readonly Verdict[]): number {
  if (verdicts.includes('fault')) return EXIT_FAULTS;
  return verdicts.includes('not_looked') ? EXIT_NOT_LOOKED : 0;
}

export function tell(finding: Finding, text: Text): Told {
  const verdict = VERDICTS[finding.code];
  const say = (part: string) => text(`doctor.${finding.code}.${part}`, finding.values ?? {});
  const advice = verdict === 'fault' || verdict === 'not_looked' ? { means: say('means'), todo: say('todo') } : {};
  return { ...finding, verdict, what: say('what'), ...advice };
}

const INDENT = '\n       ';

function paragraphs(all: readonly Told[], text: Text): string {
  const lines = all.map(({ verdict, what, means, todo }) => {
    const parts = [what, means, todo].flatMap((part) => (part === undefined ? [] : part.split('\n')));
    return `${text(`doctor.mark.${verdict}`).padEnd(7)}${parts.map(textForTerminal).join(INDENT)}`;
  });
  const count = (verdict: Verdict) => all.filter((one) => one.verdict === verdict).length;
  const sum = { faults: count('fault'), notLooked: count('not_looked'), unknown: count('unknown') };
  return [...lines, '', text('doctor.sum', sum)].join('\n');
}
