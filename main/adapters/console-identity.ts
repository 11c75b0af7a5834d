import type { Identity } from '../services/hosts/index.ts'

/** "No well-defined expiration date" (RFC 5280 §4.1.2.5): what an agent trusts is the key, for as long as it is enrolled. */
const NEVER = new Date('9999-12-31T23:59:59Z')

/** A key (EC P-256) and a certificate around it, alike for every console: whoever sees it learns nothing but the key. */
export async function makeIdentity(): Promise<Identity> {
  // Needed once in the life of a console, and slow to load.
  const { generate } = await import('selfsigned')
  const made = await generate([{ name: 'commonName', value: 'Restore Console' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate: NEVER,
  })
  return { key: made.private, certificate: made.cert }
}
