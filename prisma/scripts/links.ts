import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { filesIn } from './tree.ts';

/** Relative links in Markdown files that lead nowhere: a missing file, or a heading that the file does not have. */
export function linkFaults(root: string): string[] {
  return filesIn(root, '.', '.md').flatMap((file) => {
    const text = readFileSync(resolve(root, file), 'utf8');
    return linksIn(text).flatMap((link) => {
      const fault = faultOf(root, file, link);
      return fault === undefined ? [] : [`${file}: the link ${link} leads nowhere: ${fault}`];
    });
  });
}

function faultOf(root: string, file: string, link: string): string | undefined {
  const [path = '', heading] = link.split('#');
  const target = path === '' ? resolve(root, file) : resolve(root, dirname(file), decodeURIComponent(path));
  const name = relative(root, target);
  if (name.startsWith('..')) return `${name} is outside the repository`;
  if (!existsSync(target)) return `there is no ${name}`;
  if (heading === undefined || !name.endsWith('.md')) return undefined;
  const known = headingsIn(readFileSync(target, 'utf8'));
  return known.includes(heading) ? undefined : `${name} has no heading #${heading}`;
}

/** Targets of inline links, images and reference definitions, without those that leave the repository. */
function linksIn(markdown: string): string[] {
  const prose = withoutCode(markdown);
  const inline = prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g);
  const references = prose.matchAll(/^\[[^\]]+\]:\s*<?([^\s>]+)>?/gm);
  return [...inline, ...references].flatMap(([, link]) => (link === undefined || /^[a-z]+:/i.test(link) ? [] : [link]));
}

/** Anchors as GitHub makes them: lower case, no punctuation, spaces to hyphens, a number after the second of a name. */
function headingsIn(markdown: string): string[] {
  const seen = new Map<string, number>();
  return [...withoutFences(markdown).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, title = '']) => {
    const slug = title
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

const withoutFences = (markdown: string) => markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
const withoutCode = (markdown: string) => withoutFences(markdown).replace(/`[^`\n]*`/g, '');
