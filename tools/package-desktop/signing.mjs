// What the environment says of signing and notarisation. electron-builder reads the same variables itself; this says what will be missing.

/**
 * @typedef {Readonly<Record<string, string | undefined>>} Variables
 * @typedef {{ done: boolean, sentence: string }} Statement
 */

/** Any one of these sets is enough for Apple. */
const NOTARISATION = [
  ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
  ['APPLE_KEYCHAIN_PROFILE'],
]

/**
 * What becomes of the packages of a platform, in sentences; never with a value of the environment.
 * @param {NodeJS.Platform} platform
 * @param {Variables} variables
 * @returns {Statement[]}
 */
export function signingStatements(platform, variables) {
  const has = (/** @type {string} */ name) => (variables[name] ?? '') !== ''
  if (platform === 'linux') {
    return [
      { done: true, sentence: 'AppImage and deb carry no signature of their own: sign the list of their checksums.' },
    ]
  }
  const certificate = platform === 'win32' && has('WIN_CSC_LINK') ? 'WIN_CSC_LINK' : 'CSC_LINK'
  const signed = has(certificate)
  const missing = platform === 'win32' ? 'neither WIN_CSC_LINK nor CSC_LINK is set' : 'CSC_LINK is not set'
  const signing = signed
    ? { done: true, sentence: `Signed with the certificate of ${certificate}.` }
    : { done: false, sentence: `NOT SIGNED: ${missing}. ${warningOf(platform)}` }
  if (platform === 'win32') return [signing]
  const set = NOTARISATION.find((names) => names.every(has))
  const wanted = NOTARISATION.map((names) => names.join(', ')).join('; or ')
  if (!signed) return [signing, { done: false, sentence: 'NOT NOTARISED: what is not signed cannot be.' }]
  return [
    signing,
    set === undefined
      ? { done: false, sentence: `NOT NOTARISED: set ${wanted}.` }
      : { done: true, sentence: `Notarised with ${set[0]}.` },
  ]
}

/** @param {NodeJS.Platform} platform */
function warningOf(platform) {
  return platform === 'win32'
    ? 'Windows will warn of an unknown publisher, and updates are not checked against one.'
    : 'A Mac will not open it but for whoever allows it by hand, and it cannot update itself.'
}
