/** No database keeps U+0000, so that a text with it is the name of nothing there. */
export function isNoName(name: string): boolean {
  return name.includes('\0');
}
