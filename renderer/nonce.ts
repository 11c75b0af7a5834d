declare global {
  // The name that get-nonce (inside Mantine's scroll lock) looks for.
  var __webpack_nonce__: string | undefined
}

/** The nonce that the server wrote into this page; style tags made by scripts must carry it. Empty where there is none. */
export function adoptNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.nonce ?? ''
  globalThis.__webpack_nonce__ = nonce
  return nonce
}
