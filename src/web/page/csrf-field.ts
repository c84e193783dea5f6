import type { Viewer } from '../viewer.ts';
import { type Html, html } from './html.ts';

/** In every form that changes something: that it is one of ours. */
export function csrfField({ csrf }: Pick<Viewer, 'csrf'>): Html {
  return html`<input type="hidden" name="csrf" value="${csrf}">`;
}
