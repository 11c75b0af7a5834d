import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { replacePrivateFile } from '../sealed/private-file.ts'
import { type Identity, NEVER } from './identity.ts'

/** Milliseconds. */
const DAY = 86_400_000

/**
 * The certificate, PEM, that a server shows around its key: one that names `hosts` (names and addresses), because clients other than
 * ours look at that. Made anew, around the same key and so with the same pin, where the one that is kept names another key or not all
 * of them. Whoever trusts an earlier one trusts it too: each is its own authority.
 */
export async function openServerCertificate(
  dataDirectory: string,
  { identity, hosts: named }: { readonly identity: Identity; readonly hosts: readonly string[] },
): Promise<string> {
  const hosts = named.map((host) => (isIP(host) === 6 ? shortened(host) : host))
  const path = join(dataDirectory, 'certificate.pem')
  // Nothing in it is secret: it may be given to anybody.
  const kept = existsSync(path) ? readFileSync(path, 'latin1') : undefined
  if (kept !== undefined && serves(kept, identity, hosts)) return kept
  const made = await certify(identity, [...new Set([...hosts, ...hostsOf(kept)])])
  replacePrivateFile(path, Buffer.from(made))
  return made
}

function serves(certificate: string, { key }: Identity, hosts: readonly string[]): boolean {
  const parsed = parse(certificate)
  if (parsed === undefined || !parsed.checkPrivateKey(createPrivateKey(key))) return false
  const named = hostsOf(certificate)
  return hosts.every((host) => named.includes(host))
}

async function certify({ key, certificate }: Identity, hosts: readonly string[]): Promise<string> {
  const name = /CN=(.*)/.exec(new X509Certificate(certificate).subject)?.[1] ?? 'restore-console'
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // Not all clocks agree.
    notBeforeDate: new Date(Date.now() - DAY),
    notAfterDate: NEVER,
    keyPair: { privateKey: key, publicKey },
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) => (isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host })),
      },
    ],
  })
  return made.cert
}

/** As Node writes addresses of IPv6, which is not as everybody does. */
function hostsOf(certificate: string | undefined): string[] {
  const names = certificate === undefined ? undefined : parse(certificate)?.subjectAltName
  const pairs = (names ?? '').split(', ').map((pair) => /^(?:DNS|IP Address):(.*)$/.exec(pair)?.[1] ?? '')
  return pairs.filter((host) => host !== '').map((host) => (host.includes(':') ? shortened(host) : host))
}

function shortened(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1)
}

function parse(certificate: string): X509Certificate | undefined {
  try {
    return new X509Certificate(certificate)
  } catch {
    return undefined
  }
}
