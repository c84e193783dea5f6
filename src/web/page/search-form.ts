import type { Reader } from '../viewer.ts';
import { type Html, html } from './html.ts';

/** One line to look for a request with; its address holds the question, so that it can be kept. */
export function searchForm({ text }: Pick<Reader, 'text'>, id: string, asked = ''): Html {
  return html`<form class="search" role="search" method="get" action="/search"><label class="unseen" for="${id}">${text('search.label')}</label><input id="${id}" type="search" name="q" value="${asked}" placeholder="${text('search.placeholder')}" maxlength="500" autocomplete="off" autocapitalize="none" spellcheck="false" dir="auto"><button>${text('search.do')}</button></form>`;
}
