import { join } from 'node:path'
import { app, powerMonitor, session } from 'electron'
import { type Console, compose } from '../compose.ts'
import { defaultDataDirectory, makeDataDirectory } from '../data-directory.ts'
import type { Locations } from '../locations.ts'
import { type LogFolder, openLogFolder } from '../log-folder.ts'
import { reportCrashes } from './crashes.ts'
import type { DesktopArguments } from './desktop-arguments.ts'
import { guard } from './guards.ts'
import type { LinkDoor } from './link-door.ts'
import { setMenu } from './menu.ts'
import { bringUp, desktopNotifier, type Front } from './notifications.ts'
import { electronPlatform, openFolder } from './platform.ts'
import { Quitter } from './quit.ts'
import { RunIndicators } from './run-indicators.ts'
import { servePage } from './scheme.ts'
import { openWindow } from './window.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Make the data directory, and let Electron keep its own things in it: so that each data directory has one console, and
 * one has several only with several. To be called before Electron is asked whether this is the first instance.
 */
export function prepareDataDirectory({ dataDirectory: given }: DesktopArguments): string {
  const { platform, env: variables } = process
  const dataDirectory = given ?? defaultDataDirectory({ platform, variables })
  makeDataDirectory(dataDirectory)
  app.setPath('userData', join(dataDirectory, 'desktop'))
  app.setPath('crashDumps', join(dataDirectory, 'crashes'))
  return dataDirectory
}

interface Options {
  readonly dataDirectory: string
  readonly stagingRoot: string | null
  readonly locations: Locations
  readonly links: LinkDoor
}

/** The console on the desktop: the same services as headless, in one window, until it is quit. */
export async function openConsole({ dataDirectory, stagingRoot, locations, links }: Options): Promise<void> {
  await app.whenReady()
  const logs = openLogFolder(dataDirectory)
  using _crashes = reportCrashes(app, logs)
  guard(app, session.defaultSession)
  setMenu({ platform: process.platform, packaged: app.isPackaged, deeds: foldersOf(dataDirectory, logs) })
  servePage(locations.pageDirectory)

  const front: Front = { window: null }
  const notifier = desktopNotifier(front)
  const console = await compose(electronPlatform({ dataDirectory, stagingRoot, locations, notifier, logs }))
  const stop = new AbortController()
  using quitter = new Quitter({
    app,
    front,
    goingRuns: () => console.goingRuns(),
    end: async () => {
      stop.abort()
      await console[Symbol.asyncDispose]()
    },
  })
  using _signals = quitAtOnce(quitter)
  await openFront({ front, console, quitter, preload: locations.preload, dataDirectory })
  links.openTo({
    bringUp: () => bringUp(front),
    open: (link) => void console.openLink(link).catch(() => undefined),
  })
  using indicators = new RunIndicators({ app, front, open: (run) => console.openRun(run) })
  await console.followRuns((summary) => indicators.show(summary), stop.signal)
}

interface FrontOptions {
  readonly front: Front
  readonly console: Console
  readonly quitter: Quitter
  readonly preload: string
  readonly dataDirectory: string
}

async function openFront({ front, console, quitter, preload, dataDirectory }: FrontOptions): Promise<void> {
  const window = await openWindow({
    preload,
    dataDirectory,
    serve: (port) => console.serve(port, 'desktop window'),
  })
  front.window = window
  window.on('close', (event) => {
    if (quitter.mayClose()) return
    event.preventDefault()
    app.quit()
  })
  window.on('show', () => quitter.stay())
  // Windows ends a session without asking.
  window.on('session-end', () => quitter.now())
}

/** Whoever sends a signal, or turns the computer off, is not there to answer a question. */
function quitAtOnce(quitter: Quitter): Disposable {
  const now = (): void => quitter.now()
  powerMonitor.on('shutdown', now)
  for (const signal of SIGNALS) process.on(signal, now)
  return {
    [Symbol.dispose]() {
      for (const signal of SIGNALS) process.off(signal, now)
    },
  }
}

function foldersOf(dataDirectory: string, logs: LogFolder) {
  const open = (path: string) => (): void => void openFolder(path)
  return {
    openDataFolder: open(dataDirectory),
    openLogFolder: open(logs.directory),
    openCrashFolder: open(logs.crashDirectory),
  }
}
