import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

export type Asked = {
  readonly method?: string;
  readonly path: string;
  readonly agent?: Agent;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

/** One request and its whole answer. */
export function ask(address: string, { method = 'GET', path, agent, headers = {}, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const options = { method, headers: { ...headers, ...length }, ...(agent === undefined ? {} : { agent }) };
    const asking = request(new URL(path, address), options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}
