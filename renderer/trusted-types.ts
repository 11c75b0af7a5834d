interface TrustedTypePolicies {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown
}

/**
 * Where the content security policy requires trusted types, the only text that may become markup is that of Mantine's
 * style tags, which holds no tag. Everything else that a script tries to write as HTML is refused.
 */
export function refuseMarkup(window: Window & { readonly trustedTypes?: TrustedTypePolicies }): void {
  window.trustedTypes?.createPolicy('default', {
    createHTML(text) {
      if (text.includes('<')) throw new TypeError('Markup is not written by scripts here.')
      return text
    },
  })
}
