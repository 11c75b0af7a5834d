import type { UpdateProblem } from '../../contract/shapes/update.ts'

/** What electron-updater and Chromium's network say, and what that is in a word; the first that fits. */
const PROBLEMS: readonly (readonly [RegExp, UpdateProblem])[] = [
  [/ERR_CHECKSUM_MISMATCH|ERR_UPDATER_INVALID_SIGNATURE|ERR_UPDATER_NO_CHECKSUM/, 'damaged'],
  [/ERR_CERT_|ERR_SSL_|ERR_TLS_|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/, 'not-trusted'],
  [/HTTP_ERROR_(401|403|407)/, 'refused'],
  [/HTTP_ERROR_(404|410)|ERR_UPDATER_(CHANNEL_FILE|ASSET|RELEASE|LATEST_VERSION|ZIP_FILE)_NOT_FOUND/, 'no-list'],
  [/ERR_UPDATER_(INVALID|NO_FILES)/, 'not-a-list'],
  [/HTTP_ERROR_5|net::ERR_|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, 'no-server'],
]

/** Why nothing came of looking or fetching. */
export function problemOf(error: unknown): UpdateProblem {
  if (!(error instanceof Error)) return 'other'
  const code = 'code' in error ? String(error.code) : ''
  const said = `${code} ${error.message.slice(0, 2000)}`
  return PROBLEMS.find(([pattern]) => pattern.test(said))?.[1] ?? 'other'
}
