import type { HelpLine } from '../../commands/reply.ts';
import { WORDS, type Word } from '../../commands/words.ts';
import type { Reader } from '../viewer.ts';
import type { Line } from './command-box-line.ts';

/** What can be typed, each with an example: what can be done now first. Of one word, its other names too. */
export function helpLines(reader: Reader, help: readonly HelpLine[]): readonly Line[] {
  const [only, ...others] = help;
  if (only !== undefined && others.length === 0) return oneWord(reader, only);
  const { text } = reader;
  const now = help.filter((one) => one.now);
  const later = help.filter((one) => !one.now);
  return [
    { text: text('reply.help.now') },
    ...now.flatMap((one) => wordLine(reader, one)),
    ...(later.length === 0 ? [] : [{ text: text('reply.help.else') }]),
    ...later.flatMap((one) => wordLine(reader, one)),
  ];
}

function oneWord(reader: Reader, line: HelpLine): readonly Line[] {
  const word = wordOf(line.word);
  const names = word === undefined ? [] : [...new Set([...word.names[reader.language], ...word.names.en])];
  return [...wordLine(reader, line), { text: reader.text('reply.help.names', { names: names.join(', ') }) }];
}

function wordLine({ text, language }: Reader, { word: name }: HelpLine): readonly Line[] {
  const word = wordOf(name);
  if (word === undefined) return [];
  const about = word.action === undefined ? text(`about_word.${name}`) : text(`about.${word.action}`);
  return [{ text: text('reply.help.line', { example: word.example[language], about }) }];
}

export function wordOf(name: string): Word | undefined {
  return WORDS.find((word) => word.name === name);
}
