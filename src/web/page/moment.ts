import type { Instant } from '../../../rota/instant.ts';
import { machineTime } from '../../locales/times.ts';
import type { Reader } from '../viewer.ts';
import { type Html, html } from './html.ts';

/** A time in the desk's zone; pointing at it shows it in UTC. */
export function moment(viewer: Reader, zone: string, at: Instant): Html {
  const times = viewer.timesIn(zone);
  return html`<time datetime="${machineTime(at)}" title="${times.utc(at)}">${times.short(at, viewer.now)}</time>`;
}

/** To the second and with its date: what is proof. */
export function exactMoment(viewer: Reader, zone: string, at: Instant): Html {
  const times = viewer.timesIn(zone);
  return html`<time datetime="${machineTime(at)}" title="${times.utc(at)}">${times.exact(at)}</time>`;
}

/** A time that is to come, and how long that is; the second part is kept running by a script. */
export function deadline(viewer: Reader, zone: string, at: Instant): Html {
  return html`${moment(viewer, zone, at)} <span class="left" data-due="${at}"></span>`;
}

/** A time that has passed, and how long ago that is. */
export function since(viewer: Reader, zone: string, at: Instant): Html {
  return html`${moment(viewer, zone, at)} <span class="left" data-since="${at}"></span>`;
}
