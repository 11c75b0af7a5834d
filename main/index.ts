import { app, type BrowserWindow, dialog, session } from 'electron'
import { compose } from './compose.ts'
import { guard } from './electron/guards.ts'
import { setMenu } from './electron/menu.ts'
import { electronPlatform } from './electron/platform.ts'
import { registerScheme, servePage } from './electron/scheme.ts'
import { openWindow } from './electron/window.ts'
import { locationsFrom } from './locations.ts'
import { startFailure } from './start-failure.ts'

/** The console on the desktop: the same services as headless, in one window. */
async function start(): Promise<void> {
  await app.whenReady()
  const locations = locationsFrom(import.meta.url)
  guard(app, session.defaultSession)
  setMenu({ platform: process.platform, packaged: app.isPackaged })
  servePage(locations.pageDirectory)

  const console = await compose(electronPlatform(app, locations))
  endBeforeQuit(() => console[Symbol.asyncDispose]())
  const window = await openWindow({
    preload: locations.preload,
    serve: (port) => console.serve(port, 'desktop window'),
  })
  app.on('second-instance', () => show(window))
}

function show(window: BrowserWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.focus()
}

/** Electron does not wait for promises when it quits: hold it until all has ended, then let it. */
function endBeforeQuit(end: () => PromiseLike<void>): void {
  let state: 'running' | 'ending' | 'ended' = 'running'
  const finish = (): void => {
    state = 'ended'
    app.quit()
  }
  app.on('will-quit', (event) => {
    if (state !== 'ended') event.preventDefault()
    if (state !== 'running') return
    state = 'ending'
    void end().then(finish, finish)
  })
}

app.enableSandbox()
registerScheme()
app.on('window-all-closed', () => app.quit())
if (app.requestSingleInstanceLock()) {
  // Not awaited: Electron becomes ready only after this module has been read to its end.
  start().catch((error: unknown) => {
    dialog.showErrorBox('Restore Console cannot start', startFailure(error))
    app.exit(1)
  })
} else {
  app.quit()
}
