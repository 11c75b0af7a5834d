import { join } from 'node:path'
import { app, dialog, powerMonitor, session } from 'electron'
import { type Console, compose } from '../compose.ts'
import { defaultDataDirectory, makeDataDirectory } from '../data-directory.ts'
import type { Locations } from '../locations.ts'
import type { Log } from '../services/log.ts'
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
import { electronUpdater, feedOf, Updates, wordsOf } from './updates.ts'
import { openWindow } from './window.ts'

/** Milliseconds between two looks for a new version, where a feed was named. */
const DAY = 86_400_000
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
  readonly passphraseFile: string | null
  readonly locations: Locations
  readonly links: LinkDoor
}

/** The console on the desktop: the same services as headless, in one window, until it is quit. */
export async function openConsole({ dataDirectory, stagingRoot, locations, links }: Options): Promise<void> {
  await app.whenReady()
  const logs = openLogFolder(dataDirectory)
  using _crashes = reportCrashes(app, logs)
  guard(app, session.defaultSession)
  servePage(locations.pageDirectory)

  const front: Front = { window: null }
  const notifier = desktopNotifier(front)
  const platform = electronPlatform({ dataDirectory, stagingRoot, locations, notifier, logs })
  const console = await compose(platform)
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
  const { log } = platform
  const updates = new Updates({
    feed: feedToFollow(dataDirectory, log),
    updater: electronUpdater,
    goingRuns: () => console.goingRuns(),
    leaveBy: (act) => quitter.leaveBy(act),
    log,
  })
  const deeds = { ...foldersOf(dataDirectory, logs), lookForUpdates: () => void lookAndSay(updates) }
  setMenu({ platform: process.platform, packaged: app.isPackaged, deeds })
  await openFront({ front, console, quitter, preload: locations.preload, dataDirectory })
  links.openTo({
    bringUp: () => bringUp(front),
    open: (link) => void console.openLink(link).catch(() => undefined),
  })
  using _looks = lookDaily(updates)
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

/** Where there is one: a file that is not understood keeps nobody from their restores. */
function feedToFollow(dataDirectory: string, log: Log): string | null {
  if (!app.isPackaged) return null
  try {
    return feedOf(join(dataDirectory, 'updates.json'))
  } catch (error) {
    log.warning('updates are off', { error: error instanceof Error ? error.message : 'unknown' })
    return null
  }
}

async function lookAndSay(updates: Updates): Promise<void> {
  const message = wordsOf(await updates.look())
  if (message !== null) await dialog.showMessageBox({ type: 'info', title: 'Restore Console', message })
}

function lookDaily(updates: Updates): Disposable {
  const look = (): void => void updates.look()
  const timer = setInterval(look, DAY)
  look()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

function foldersOf(dataDirectory: string, logs: LogFolder) {
  const open = (path: string) => (): void => void openFolder(path)
  return {
    openDataFolder: open(dataDirectory),
    openLogFolder: open(logs.directory),
    openCrashFolder: open(logs.crashDirectory),
  }
}
