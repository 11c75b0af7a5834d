/** It comes with electron-builder, without a declaration of its own. */
declare module 'js-yaml' {
  export function load(text: string): unknown
}
