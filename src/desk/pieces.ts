import { createHash } from 'node:crypto';
import { type Instant, rfc3339 } from '../../rota/instant.ts';
import type { Chance } from '../ports/chance.ts';
import type { AttachmentRow, Content } from '../ports/steps.ts';
import type { RequestEntry } from '../request/entries.ts';
import { type Piece, pieceOf } from './content.ts';
import type { Incoming } from './incoming.ts';
import { writeMessage } from './message-content.ts';

/** The case content of one message, piece by piece. */
export type Pieces = {
  readonly message: Piece;
  /** The bytes as they came, where there were any beside the message. */
  readonly original?: Piece;
  readonly attachments: readonly AttachedPiece[];
};

type AttachedPiece = {
  readonly id: string;
  readonly label: Piece;
  readonly bytes: Piece;
  readonly sha256: string;
  readonly size: number;
};

export function piecesOf({ message, original, attachments }: Incoming, chance: Chance): Pieces {
  return {
    message: pieceOf(writeMessage(message), chance),
    ...(original === undefined ? {} : { original: pieceOf(original, chance) }),
    attachments: attachments.map((attachment) => attachedPiece(attachment, chance)),
  };
}

export function attachedPiece(
  { name, mediaType, bytes }: Incoming['attachments'][number],
  chance: Chance,
): AttachedPiece {
  return {
    id: chance.id(),
    label: pieceOf(JSON.stringify({ name, mediaType }), chance),
    bytes: pieceOf(bytes, chance),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
  };
}

export function contentsOf({ message, original, attachments }: Pieces): readonly Content[] {
  const pieces = [
    message,
    ...(original === undefined ? [] : [original]),
    ...attachments.flatMap((one) => [one.label, one.bytes]),
  ];
  return pieces.map(({ content }) => content);
}

/** `progressDueAt`: of a file that came by itself; one beside a message is no news of its own. */
export function attachmentEntry({ id, label, bytes, size }: AttachedPiece, progressDueAt?: Instant): RequestEntry {
  const due = progressDueAt === undefined ? {} : { progressDueAt: rfc3339(progressDueAt) };
  return { type: 'attachment.added/1', data: { attachment: id, label: label.ref, bytes: bytes.ref, size, ...due } };
}

export function attachmentRow({ id, label, bytes, sha256, size }: AttachedPiece, requestId: string): AttachmentRow {
  return { id, requestId, labelId: label.ref.content, contentId: bytes.ref.content, sha256, size };
}
