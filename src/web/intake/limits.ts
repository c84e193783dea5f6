const MEBIBYTE = 1024 * 1024;

/** A request in JSON. */
export const LARGEST_JSON = MEBIBYTE;
/** A mail, a form with its files, one attachment. */
export const LARGEST_BODY = 25 * MEBIBYTE;
