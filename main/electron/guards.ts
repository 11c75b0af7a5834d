import { type App, type Session, shell, type WebContents } from 'electron'
import { isOurPage } from './scheme.ts'

/** What a page of ours may ask of Chromium; whatever is not here is refused. */
const PERMISSIONS: Readonly<Record<string, true>> = {
  // "Copy" beside a path.
  'clipboard-sanitized-write': true,
}

/** The only places that a link may open in the operator's browser. */
const OUTSIDE = ['https://restic.readthedocs.io/']

/** Refuse what the page has no need of: permissions, devices, other pages, other windows, webviews. */
export function guard(app: App, session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(isOurPage(contents.getURL()) && Object.hasOwn(PERMISSIONS, permission))
  })
  session.setPermissionCheckHandler((_, permission, origin) => {
    return isOurPage(origin) && Object.hasOwn(PERMISSIONS, permission)
  })
  session.setDevicePermissionHandler(() => false)
  app.on('web-contents-created', (_, contents) => guardContents(contents))
}

function guardContents(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOurPage(event.url)) event.preventDefault()
  })
  contents.setWindowOpenHandler(({ url }) => {
    if (OUTSIDE.some((place) => url.startsWith(place))) void shell.openExternal(url)
    return { action: 'deny' }
  })
}
