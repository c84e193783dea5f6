import { requestStream } from '../journal/stream.ts';

const REQUESTS = requestStream('');

/** Id of the request whose stream it is; undefined for any other stream. */
export function requestIn(stream: string): string | undefined {
  return stream.startsWith(REQUESTS) ? stream.slice(REQUESTS.length) : undefined;
}
