import { app, dialog } from 'electron'
import { type DesktopArguments, headlessArguments, readDesktopArguments } from './electron/desktop-arguments.ts'
import { LinkDoor } from './electron/link-door.ts'
import { openConsole, prepareDataDirectory } from './electron/open-console.ts'
import { registerScheme } from './electron/scheme.ts'
import { USAGE } from './headless-arguments.ts'
import { locationsFrom } from './locations.ts'
import { LINK_SCHEME } from './services/links/index.ts'
import { startFailure } from './start-failure.ts'

const locations = locationsFrom(import.meta.url)
/** Without the program itself, and in a developer's own Electron without the folder that it runs. */
const argv = process.argv.slice(app.isPackaged ? 1 : 2)

function fail(error: unknown): void {
  dialog.showErrorBox('Restore Console cannot start', startFailure(error))
  app.exit(1)
}

function say(text: string): void {
  process.stdout.write(text)
  app.exit(0)
}

/** The other front door, in this very program: for a computer with the package and without a display. */
async function openHeadless(): Promise<void> {
  const { runHeadless } = await import('./run-headless.ts')
  app.exit(await runHeadless(headlessArguments(argv), locations))
}

function openDesktop(options: DesktopArguments): void {
  app.enableSandbox()
  registerScheme()
  const dataDirectory = prepareDataDirectory(options)
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  const links = new LinkDoor(app, options.link)
  app.on('window-all-closed', () => app.quit())
  // Not awaited: Electron becomes ready only after this module has been read to its end.
  openConsole({ ...options, dataDirectory, locations, links }).catch(fail)
}

const options = readDesktopArguments(argv)
switch (options.wants) {
  case 'version':
    say(`${locations.version}\n`)
    break
  case 'help':
    say(USAGE)
    break
  case 'headless':
    openHeadless().catch(fail)
    break
  case 'window':
    try {
      openDesktop(options)
    } catch (error) {
      fail(error)
    }
    break
}
