/** Alt with a letter: a letter alone goes to a name in the tree. */
export const PREVIEW_KEYS = 'alt+P'
export const VERSIONS_KEYS = 'alt+V'
export const COUNT_KEYS = 'alt+S'
