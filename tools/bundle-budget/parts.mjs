// To which part of the product a source file belongs.

/** Packages that come and grow together, by the name of the part. What is in none is a part of its own. */
const FAMILIES = /** @type {const} */ ({
  react: [/^react$/, /^react-dom$/, /^scheduler$/],
  mantine: [
    /^@mantine\//,
    /^@floating-ui\//,
    /^tabbable$/,
    /^clsx$/,
    /^react-number-format$/,
    /^react-remove-scroll/,
    /^react-style-singleton$/,
    /^react-textarea-autosize$/,
    /^react-transition-group$/,
    /^use-(callback-ref|sidecar|composed-ref|isomorphic-layout-effect|latest)$/,
    /^get-nonce$/,
    /^tslib$/,
    /^detect-node-es$/,
    /^fast-deep-equal$/,
    /^klona$/,
  ],
  d3: [/^d3-/, /^internmap$/],
  tanstack: [/^@tanstack\//, /^use-sync-external-store$/],
  orpc: [/^@orpc\//],
  lingui: [/^@lingui\//, /^@messageformat\//, /^moo$/, /^make-plural/],
  fonts: [/^@fontsource/],
  icons: [/^@tabler\//],
})

/** What a bundler adds by itself. */
export const BUNDLER = 'bundler'

/**
 * The part that a source belongs to: a family of packages, a package, or a folder of ours.
 * @param {string} path from the project's root, or anywhere with a `node_modules` in it
 */
export function partOf(path) {
  const plain = path.replaceAll('\\', '/').replace(/^\0/, '').replace(/\?.*$/, '')
  const inPackages = plain.lastIndexOf('node_modules/')
  if (inPackages >= 0) return familyOf(packageName(plain.slice(inPackages + 'node_modules/'.length)))
  const [folder = '', second = '', third = ''] = plain.split('/')
  if (folder === 'renderer') {
    if (second === 'features') return `renderer/features/${third}`
    return plain.split('/').length > 2 ? `renderer/${second}` : 'renderer'
  }
  return HOUSE.has(folder) ? folder : BUNDLER
}

const HOUSE = new Set(['contract', 'engine', 'agent', 'control-plane', 'consumer', 'main', 'preload'])

/** @param {string} path */
function packageName(path) {
  const [first = '', second = ''] = path.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

/** @param {string} name */
function familyOf(name) {
  const family = Object.entries(FAMILIES).find(([, members]) => members.some((member) => member.test(name)))
  return family?.[0] ?? name
}
