import { posix } from 'node:path'

/** Where in an S3 store a repository lies. */
export interface S3Address {
  /** `https://host:port` of the store, or of one region of it. */
  readonly endpoint: string
  readonly bucket: string
  /** Folders within the bucket, without a slash at either end; empty where the repository is all of the bucket. */
  readonly prefix: string
  /** Where the host says which it is. */
  readonly region: string | undefined
  /** The store is Amazon's own: its buckets are hosts of their own, and it has many regions. */
  readonly amazon: boolean
}

const WITH_SCHEME = /^s3:(https?):\/\/([^/?#@]+)\/([^?#]*)/
const WITHOUT_SCHEME = /^s3:(?!https?:)(?:\/\/)?([^/@]+)\/(.*)$/s
const AMAZON = /(^|\.)amazonaws\.com(\.cn)?$/
const AMAZON_REGIONS = /^s3(?:[.-](?:dualstack\.)?([a-z]{2}(?:-[a-z]+)+-\d+))?\.amazonaws\.com(?:\.cn)?$/
/** Their buckets are hosts of their own too, in a way that only restic is known to get right. */
const OF_THEIR_OWN_KIND = /(^|\.)(storage\.googleapis\.com|aliyuncs\.com)$/

/**
 * Read an address as restic does ("Amazon S3" and "S3-compatible Storage" in its manual): `s3:https://host:port/bucket/prefix`
 * or `s3:host/bucket/prefix`. Undefined for what it refuses, and for stores that are better left to it.
 */
export function readS3Address(url: string): S3Address | undefined {
  const [, scheme = 'https', host, path] = WITH_SCHEME.exec(url) ?? withoutScheme(url)
  const place = path === undefined ? undefined : readPlace(path)
  if (host === undefined || place === undefined || OF_THEIR_OWN_KIND.test(host)) return undefined
  const endpoint = URL.parse(`${scheme}://${host}`)
  if (endpoint === null) return undefined
  const store = { endpoint: endpoint.origin, ...place }
  if (!AMAZON.test(endpoint.hostname)) return { ...store, amazon: false, region: undefined }
  const found = AMAZON_REGIONS.exec(endpoint.host)
  if (found === null || scheme === 'http') return undefined
  return { ...store, amazon: true, region: found[1] }
}

function withoutScheme(url: string): readonly (string | undefined)[] {
  const [, host, path] = WITHOUT_SCHEME.exec(url) ?? []
  return [undefined, undefined, host, path]
}

function readPlace(path: string): Pick<S3Address, 'bucket' | 'prefix'> | undefined {
  const slash = path.indexOf('/')
  const bucket = slash === -1 ? path : path.slice(0, slash)
  const prefix = slash === -1 ? '' : posix.normalize(path.slice(slash + 1)).replace(/\/$/, '')
  // restic takes these as they are, and nobody means them.
  if (bucket === '' || /%|^\/|^\.\.(\/|$)/.test(prefix)) return undefined
  return { bucket, prefix: prefix === '.' ? '' : prefix }
}
