import { type AttachmentStream, type HeaderLines, type Headers, MailParser, type MessageText } from 'mailparser';

/** One leaf of the message's tree, its transfer encoding undone and nothing else. */
export type Part = {
  readonly mediaType: string;
  readonly disposition: string;
  readonly fileName?: string;
  /** Parameters of the Content-Type header. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
};

/** `headers` are decoded by the parser, `headerLines` are as they were sent. */
export type SplitMail = {
  readonly headers: Headers;
  readonly headerLines: HeaderLines;
  readonly parts: readonly Part[];
  /** False when the parser gave up: the parts are those that came before. True at `PARTS_MAX` parts, too. */
  readonly complete: boolean;
};

/** Leaves that are taken out of a message; reading ends at the last of them. */
export const PARTS_MAX = 1000;
const OPTIONS = {
  // Beyond its own limit the parser throws away what it has read; the limit on leaves is kept here instead.
  maxChildNodes: Number.MAX_SAFE_INTEGER,
  // A message inside a message comes out as a part, whole.
  ignoreEmbedded: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
};

/**
 * mailparser decodes text parts by itself and hands them over last. Here no type is a text type, so that every part
 * comes as bytes and as soon as it is read: a guess of the character set is ours, and what came before an error stays.
 */
class BytesParser extends MailParser {
  readonly textTypes: readonly string[] = [];
}

/** Takes a message apart. Never rejects; endless or quadratic input is stopped from outside, by the time limit. */
export function split(bytes: Uint8Array): Promise<SplitMail> {
  return new Promise((resolve) => {
    const parser = new BytesParser(OPTIONS);
    const parts: { attachment: AttachmentStream; chunks: Uint8Array[] }[] = [];
    let headers: Headers = new Map();
    let headerLines: HeaderLines = [];
    const finish = (complete: boolean) => {
      resolve({ headers, headerLines, parts: parts.map(toPart), complete });
      parser.destroy();
    };
    parser.on('headers', (decoded: Headers) => {
      headers = decoded;
    });
    parser.on('headerLines', (lines: HeaderLines) => {
      headerLines = lines;
    });
    parser.on('data', (attachment: AttachmentStream | MessageText) => {
      if (attachment.type !== 'attachment') return;
      const chunks: Uint8Array[] = [];
      parts.push({ attachment, chunks });
      attachment.content.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      attachment.content.on('error', () => finish(false));
      attachment.content.on('end', () => (parts.length < PARTS_MAX ? attachment.release() : finish(true)));
    });
    parser.on('end', () => finish(true));
    parser.on('error', () => finish(false));
    parser.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}

function toPart({ attachment, chunks }: { attachment: AttachmentStream; chunks: readonly Uint8Array[] }): Part {
  return {
    mediaType: attachment.contentType,
    disposition: attachment.contentDisposition ?? '',
    ...(attachment.filename ? { fileName: attachment.filename } : {}),
    parameters: parametersOf(attachment.headers),
    bytes: Buffer.concat(chunks),
  };
}

/** Parameters of the Content-Type, by lower-case name; none when there is no such header. */
export function parametersOf(headers: Headers): Readonly<Record<string, string>> {
  const value = headers.get('content-type');
  return typeof value === 'object' && 'params' in value ? value.params : {};
}
