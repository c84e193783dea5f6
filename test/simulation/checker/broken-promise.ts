/** A promise of the house, by its number, that does not hold. */
export class BrokenPromise extends Error {
  readonly promise: number;
  /** Of the request; undefined where none is concerned. */
  readonly shortId: string | undefined;

  constructor(promise: number, shortId: string | undefined, what: string) {
    super(what);
    this.name = 'BrokenPromise';
    this.promise = promise;
    this.shortId = shortId;
  }
}
