import { protocol } from 'electron'
import { pageFiles } from '../transport/page-files.ts'

const SCHEME = 'console'
const HOST = 'app'

/** Where the page is: an origin of our own, never `file:`, which has none. */
export const PAGE = `${SCHEME}://${HOST}/`

/** True for an address of our page. */
export function isOurPage(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === `${SCHEME}:` && new URL(address).host === HOST
}

/** To be called before Electron is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }])
}

/** Answer the page's requests with the built files, under the same headers as on loopback. */
export function servePage(directory: string): void {
  const files = pageFiles(directory)
  protocol.handle(SCHEME, async ({ url, method }) => {
    if (!isOurPage(url) || method !== 'GET') return new Response('not found\n', { status: 404 })
    const { status, headers, body } = await files(new URL(url).pathname)
    return new Response(new Uint8Array(body), { status, headers })
  })
}
