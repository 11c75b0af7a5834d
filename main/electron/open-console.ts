import { join } from 'node:path'
import { app, dialog, powerMonitor, session } from 'electron'
import { type Console, compose } from '../compose.ts'
import { defaultDataDirectory, makeDataDirectory } from '../data-directory.ts'
import type { Locations } from '../locations.ts'
import { type LogFolder, openLogFolder } from '../log-folder.ts'
import { outliveReaders } from '../outlive-readers.ts'
import { givePassphrase } from '../passphrase-file.ts'
import type { GoingRun } from '../services/notices/index.ts'
import { reportCrashes } from './crashes.ts'
import type { DesktopArguments } from './desktop-arguments.ts'
import { guard } from './guards.ts'
import type { LinkDoor } from './link-door.ts'
import { setMenu } from './menu.ts'
import { bringUp, desktopNotifier, type Front } from './notifications.ts'
import { desktopLog, electronPlatform, openFolder } from './platform.ts'
import { Quitter } from './quit.ts'
import { RunIndicators } from './run-indicators.ts'
import { servePage } from './scheme.ts'
import { Speech } from './speech.ts'
import { asking, offerUpdate, wordsIn } from './update-questions.ts'
import { electronUpdater, Updates } from './updates.ts'
import { openWindow } from './window.ts'

/** Milliseconds between two looks for a new version, where a feed was named. */
const DAY = 86_400_000
/** As `appId` of electron-builder.yml. */
const APP_ID = 'io.restore-console.desktop'
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
export async function openConsole(options: Options): Promise<void> {
  const { dataDirectory, locations, links } = options
  outliveReaders()
  await app.whenReady()
  const logs = openLogFolder(dataDirectory)
  using _crashes = reportCrashes(app, logs)
  guard(app, session.defaultSession)
  servePage(locations.pageDirectory)

  const front: Front = { window: null }
  const speech = new Speech()
  const stop = new AbortController()
  const { console, updates, quitter } = await composeDesktop(options, { front, speech, logs, stop })
  using _quitter = quitter
  using _signals = quitAtOnce(quitter)
  const folders = foldersOf(dataDirectory, logs)
  const lookForUpdates = (): void => void lookAndSay(updates, speech)
  const openSettings = (): void => {
    bringUp(front)
    console.showPage('settings')
  }
  introduce(locations.version)
  const deeds = { ...folders, lookForUpdates, openSettings }
  const { platform } = process
  speech.follow(() => setMenu({ platform, packaged: app.isPackaged, deeds, words: speech.words.menu }))
  await openFront({ front, console, quitter, preload: locations.preload, dataDirectory })
  links.openTo({
    bringUp: () => bringUp(front),
    open: (link) => void console.openLink(link).catch(() => undefined),
  })
  using _looks = lookDaily(updates, speech)
  using indicators = new RunIndicators({
    platform,
    app,
    front,
    speech,
    open: (run) => console.openRun(run),
    showPage: (page) => console.showPage(page),
  })
  await console.followRuns((summary) => indicators.show(summary), stop.signal)
}

/** What the system calls this program, where it shows notifications, and what “About” says. */
function introduce(version: string): void {
  // As the installer's shortcut has it: Windows shows no notification of a program without.
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID)
  app.setAboutPanelOptions({
    applicationName: 'Restore Console',
    applicationVersion: version,
    copyright: 'The Restore Console developers. MIT licence.',
    credits: 'Data back from restic backups.',
  })
}

interface Around {
  readonly front: Front
  readonly speech: Speech
  readonly logs: LogFolder
  /** Aborted when the console ends. */
  readonly stop: AbortController
}

interface Desktop {
  readonly console: Console
  /** Null where this console runs from its sources: nothing could be put in its place. */
  readonly updates: Updates | null
  readonly quitter: Quitter
}

/** The services, and what the shell does around them; each needs the others, and none does anything before all are there. */
async function composeDesktop(
  { passphraseFile, ...options }: Options,
  { front, speech, logs, stop }: Around,
): Promise<Desktop> {
  const made: { console?: Console; quitter?: Quitter } = {}
  const goingRuns = (): readonly GoingRun[] => made.console?.goingRuns() ?? []
  const log = desktopLog(logs)
  const updates = app.isPackaged
    ? new Updates({
        file: join(options.dataDirectory, 'updates.json'),
        updater: electronUpdater,
        goingRuns,
        leaveBy: (act) => made.quitter?.leaveBy(act),
        agrees: asking(speech),
        log,
        now: () => new Date(),
      })
    : null
  const notifier = desktopNotifier(front)
  const console = await compose(
    electronPlatform({ ...options, log, notifier, speech, updater: updates ?? 'not-packaged' }),
  )
  made.console = console
  try {
    if (passphraseFile !== null) await givePassphrase(console.secrets, passphraseFile)
  } catch (error) {
    await console[Symbol.asyncDispose]()
    throw error
  }
  const end = async (): Promise<void> => {
    stop.abort()
    await console[Symbol.asyncDispose]()
  }
  made.quitter = new Quitter({ app, front, speech, goingRuns, end })
  return { console, updates, quitter: made.quitter }
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

/** Whoever has asked is told what came of it, in any case. */
async function lookAndSay(updates: Updates | null, speech: Speech): Promise<void> {
  const message = updates === null ? wordsIn(speech).fromSources : await offerUpdate(updates, speech)
  if (message !== null) await dialog.showMessageBox({ type: 'info', title: 'Restore Console', message })
}

/** Nobody has asked: where there is nothing to offer, nothing is said. */
function lookDaily(updates: Updates | null, speech: Speech): Disposable {
  const look = (): void => {
    if (updates !== null && updates.state().feed !== null) void offerUpdate(updates, speech).catch(() => undefined)
  }
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
