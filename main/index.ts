import { app, dialog, session } from 'electron'
import { compose } from './compose.ts'
import { guard } from './electron/guards.ts'
import { setMenu } from './electron/menu.ts'
import { bringUp, desktopNotifier, type Front } from './electron/notifications.ts'
import { electronPlatform } from './electron/platform.ts'
import { RunIndicators } from './electron/run-indicators.ts'
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

  const front: Front = { window: null }
  const console = await compose(electronPlatform(app, locations, desktopNotifier(front)))
  const stop = new AbortController()
  endBeforeQuit(async () => {
    stop.abort()
    await console[Symbol.asyncDispose]()
  })
  front.window = await openWindow({
    preload: locations.preload,
    serve: (port) => console.serve(port, 'desktop window'),
  })
  app.on('second-instance', () => bringUp(front))
  using indicators = new RunIndicators({ app, front, open: (run) => console.openRun(run) })
  await console.followRuns((summary) => indicators.show(summary), stop.signal)
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
