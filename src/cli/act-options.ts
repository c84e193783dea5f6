/** What may be said beside the words of a command. */
export type ActOptions = { readonly as?: string; readonly json?: boolean; readonly language?: string };
