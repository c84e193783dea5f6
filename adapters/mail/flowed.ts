/**
 * Undoes `format=flowed` (RFC 3676): a line that ends in a space goes on in the next line of the same quote depth.
 * The signature mark `-- ` never flows. With `delSp` the space itself was added and goes.
 */
export function unflow(text: string, delSp: boolean): string {
  const lines: { quote: string; content: string; flows: boolean }[] = [];
  for (const line of text.split('\n')) {
    const quote = /^>*/.exec(line)?.[0] ?? '';
    const content = line.slice(quote.length).replace(/^ /, '');
    const flows = content.endsWith(' ') && content !== '-- ';
    const last = lines.at(-1);
    if (last?.flows && last.quote === quote) {
      last.content = (delSp ? last.content.slice(0, -1) : last.content) + content;
      last.flows = flows;
    } else lines.push({ quote, content, flows });
  }
  return lines.map(({ quote, content }) => (quote ? `${quote} ${content}` : content)).join('\n');
}
