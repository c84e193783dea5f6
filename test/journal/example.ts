import { INSTALLATION } from '../../src/journal/stream.ts';
import { ONE, TestJournal } from './builder.ts';

/** The journal that docs/journal.md works through. */
export function example(): { journal: TestJournal; checkpoint: string } {
  const journal = new TestJournal();
  const officer = { kind: 'officer', officer: 'reyes' } as const;
  journal.append(INSTALLATION, 'installation.began/1', {});
  const message = journal.keep('c-1', 'Please preserve the log of 203.0.113.7.');
  journal.append(ONE, 'request.received/1', { shortId: 'K7Q2', message }, { kind: 'source', source: 'portal' });
  journal.append(ONE, 'note.written/1', { text: journal.keep('c-2', 'Called the provider.') }, officer);
  journal.erase(ONE, 'c-2');
  return { journal, checkpoint: journal.checkpoint() };
}
