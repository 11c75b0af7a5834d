import { createHash, type X509Certificate } from 'node:crypto'

/** By what the other side of a connection is known: the SHA-256 of the public key in its certificate (SPKI, DER), base64url. */
export function pinOf(certificate: X509Certificate): string {
  const key = certificate.publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(key).digest('base64url')
}
