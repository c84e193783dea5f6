import { describe, expect, it } from 'vitest';
import { entriesAsTheyAre } from '../../src/journal/page.ts';
import { aNight, ONE, TestJournal, TWO } from './builder.ts';

/** What a reader sees: the texts between the tags. */
const seen = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

function pageOf(content: string | Uint8Array): string {
  const journal = new TestJournal();
  journal.append(TWO, 'note.written/1', { text: journal.keep('c', content) });
  return entriesAsTheyAre(journal.entries(TWO), journal.contents);
}

describe('the entries as they are', () => {
  const { journal } = aNight();
  const page = entriesAsTheyAre(journal.entries(ONE), journal.contents);

  it('tells the story in order: number, time in UTC, what, who', () => {
    const text = seen(page);
    const story = [
      '1 2026-11-22 03:00:01.125 request received source portal',
      '3 2026-11-22 03:00:03.125 note written reyes',
      '4 2026-11-22 03:00:09.125 request acknowledged reyes',
      '5 2026-11-22 03:00:10.125 content erased Tocsin',
    ];
    const places = story.map((line) => text.indexOf(line));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('shows content in the place of its reference, and since when it is erased', () => {
    const text = seen(page);
    expect(text).toContain('sender › person Zoë &lt;b&gt;');
    expect(text).toContain('erased on 2026-11-22 03:00:10');
    expect(text).toContain('5 bytes that are no text');
    expect(text).not.toContain('called the provider');
  });

  it('shows the pages of a step as rows', () => {
    expect(seen(page)).toContain('pages › 1 › officer reyes');
  });

  it('runs nothing and fetches nothing', () => {
    expect(page).not.toMatch(/<script|<img|<link|https?:|url\(/);
  });

  it.each([
    ['markup', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['markup in JSON', '{"<i>":{"a":"</td><img src=x>"}}', '&lt;i&gt; › a'],
    ['a turned direction', 'abc\u202edcba', 'abc<span class="odd">U+202E</span>dcba'],
    ['a control character', 'a\u001b[2Jb', 'a<span class="odd">U+001B</span>[2Jb'],
    ['something like a reference', '{"content":"c","sha256":"d"}', '<bdi>c</bdi>'],
    ['a list that is no object', '[1,2]', '<pre><bdi>[1,2]</bdi></pre>'],
    ['deep JSON', `{"a":${'['.repeat(9000)}${']'.repeat(9000)}}`, '<pre><bdi>{&quot;a&quot;:[[['],
    ['nothing', '', '<pre><bdi></bdi></pre>'],
  ])('shows %s in content for what it is', (_, content, html) => {
    const shown = pageOf(content);
    expect(shown).toContain(html);
    expect(shown).not.toMatch(/<script|<img/);
  });

  it('cuts long content and says by how much', () => {
    const shown = pageOf('x'.repeat(20_007));
    expect(shown).toContain('and 7 more characters');
    expect(shown.length).toBeLessThan(30_000);
  });

  it('says that content is missing when nothing tells where it went', () => {
    const shown = entriesAsTheyAre(journal.entries(ONE), new Map());
    expect(seen(shown)).toContain('This content is missing.');
  });

  it('shows an entry that cannot be read as it is stored', () => {
    const shown = entriesAsTheyAre([{ stream: ONE, n: 1, body: '{"v":2,"<b>":1}', hash: 'h' }], new Map());
    expect(shown).toContain('<pre>{&quot;v&quot;:2,&quot;&lt;b&gt;&quot;:1}</pre>');
  });
});
