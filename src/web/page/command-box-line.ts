/** A line of a reply; `id` where it is about a request that can be opened. */
export type Line = { readonly text: string; readonly id?: string };

/** `done`: it was done, or here is what was asked for; `not_done`: nothing was done, and why. */
export type Told = { readonly tone: 'done' | 'not_done'; readonly lines: readonly Line[] };
