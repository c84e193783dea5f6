/** Everything that is drawn at random comes from here, so that a run can be repeated. */
export interface Chance {
  /** A UUID. */
  id(): string;
  bytes(length: number): Uint8Array;
}
