import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, raw } from '../../../src/web/page/html.ts';

describe('html', () => {
  it('escapes what is put between tags and into attributes', () => {
    const evil = `"><script>alert('1')</script>&\``;
    expect(html`<a title="${evil}">${evil}</a>`.toString()).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&#96;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&#96;</a>',
    );
  });

  it('keeps markup of its own, joins lists and leaves nothing for nothing', () => {
    const list = ['a', 'b'].map((one) => html`<li>${one}</li>`);
    expect(html`<ul>${list}${false}${undefined}</ul>${raw('<hr>')}${0}`.toString()).toBe(
      '<ul><li>a</li><li>b</li></ul><hr>0',
    );
  });

  it('shows what would turn the direction of a text, and what cannot be seen', () => {
    expect(html`${'photo\u202Egpj.exe'}`.toString()).toBe('photo‹U+202E›gpj.exe');
    expect(html`${'a\u2066b\u2069c'}`.toString()).toBe('a‹U+2066›b‹U+2069›c');
    expect(html`${'a\u0000b\u001Bc\u0085d'}`.toString()).toBe('a\uFFFDb\uFFFDc\uFFFDd');
  });

  it('leaves lines, tabs and letters of every alphabet alone', () => {
    const text = 'Zoë\n\tЖук\r\nעברית العربية 漢字 👍';
    expect(html`${text}`.toString()).toBe(text);
  });

  it('never lets a text end its element or its attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const inside = html`${text}`.toString();
        expect(inside).not.toMatch(/[<>"'`\u202A-\u202E\u2066-\u2069]/);
        expect(inside.replace(/&(amp|lt|gt|quot|#39|#96);/g, '')).not.toContain('&');
      }),
    );
  });
});
