/** A text for people, as a message key of the catalogues and the values that it is filled with. */
export type Text = { readonly key: string; readonly values: Readonly<Record<string, string>> };
