/** The package brings no types; this is the little of it that `html.ts` uses. */
declare module 'html-to-text' {
  type Selector = {
    readonly selector: string;
    readonly format?: string;
    readonly options?: Readonly<Record<string, unknown>>;
  };
  type Options = {
    readonly wordwrap?: number | false;
    readonly baseElements?: { readonly selectors: readonly string[] };
    readonly limits?: { readonly maxDepth?: number };
    readonly preserveNewlines?: boolean;
    readonly selectors?: readonly Selector[];
  };
  export function compile(options: Options): (html: string) => string;
}
