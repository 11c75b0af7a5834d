import { readFileSync } from 'node:fs'
import { dialog, type MessageBoxOptions } from 'electron'
import { z } from 'zod'
import type { Log } from '../services/log.ts'
import type { GoingRun } from '../services/notices/index.ts'

/** `updates.json` in the data directory: where new versions come from. Without it there are none. */
const settingSchema = z.object({
  feed: z.url().refine(isTrusted, 'A feed is https, or on this computer.').nullable(),
})

/** The part of electron-updater that is used. */
export interface Updater {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  allowDowngrade: boolean
  disableWebInstaller: boolean
  setFeedURL(options: { readonly provider: 'generic'; readonly url: string }): void
  checkForUpdates(): Promise<{ readonly isUpdateAvailable: boolean; readonly updateInfo: Offer } | null>
  downloadUpdate(): Promise<unknown>
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void
}

interface Offer {
  readonly version: string
  readonly releaseNotes?: string | readonly { readonly version: string; readonly note: string | null }[] | null
}

interface Deps {
  readonly feed: string | null
  /** Fetched when it is needed: while updates are off, nothing of it is even loaded. */
  readonly updater: () => Promise<Updater>
  readonly goingRuns: () => readonly GoingRun[]
  /** End all that was begun, and then do this in place of quitting. */
  readonly leaveBy: (act: () => void) => void
  readonly log: Log
}

/** What came of looking for a new version. */
export type Outcome = 'off' | 'busy' | 'none' | 'declined' | 'later' | 'leaving' | 'failed'

/** The feed that the data directory names; null where it names none. Throws an Error with a sentence where it is not understood. */
export function feedOf(file: string): string | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  try {
    return settingSchema.parse(JSON.parse(text)).feed
  } catch {
    throw new Error(`${file} is not understood: write {"feed": "https://…"}, or remove it.`)
  }
}

/**
 * New versions of the console. Nothing is fetched before somebody has read what changed and wants it, nothing is done
 * while a run goes on, and nothing is installed behind anybody's back when the console is quit.
 */
export class Updates {
  readonly #deps: Deps
  #looking: Promise<Outcome> | null = null

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Look once; whoever asks meanwhile is answered with the same. */
  look(): Promise<Outcome> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => {
        this.#deps.log.warning('no update', { error: error instanceof Error ? error.message : 'unknown' })
        return 'failed' as const
      })
      .finally(() => {
        this.#looking = null
      })
    return this.#looking
  }

  async #look(): Promise<Outcome> {
    const { feed, goingRuns, log } = this.#deps
    if (feed === null) return 'off'
    if (goingRuns().length > 0) return 'busy'
    const updater = await this.#prepared(feed)
    const found = await updater.checkForUpdates()
    if (found === null || !found.isUpdateAvailable) return 'none'
    if (!(await agrees(offerOf(found.updateInfo)))) return 'declined'
    log.info('fetching an update', { version: found.updateInfo.version })
    await updater.downloadUpdate()
    // One may have begun while it was read or fetched.
    if (goingRuns().length > 0 || !(await agrees(restartFor(found.updateInfo)))) return 'later'
    if (goingRuns().length > 0) return 'later'
    this.#deps.leaveBy(() => updater.quitAndInstall(true, true))
    return 'leaving'
  }

  async #prepared(feed: string): Promise<Updater> {
    const updater = await this.#deps.updater()
    updater.autoDownload = false
    updater.autoInstallOnAppQuit = false
    updater.allowDowngrade = false
    updater.disableWebInstaller = true
    updater.setFeedURL({ provider: 'generic', url: feed })
    return updater
  }
}

/** electron-updater's own, for the package that this console came in. */
export async function electronUpdater(): Promise<Updater> {
  const { default: module } = await import('electron-updater')
  return module.autoUpdater
}

/** What is said where somebody has asked; null where something was shown already. */
export function wordsOf(outcome: Outcome): string | null {
  switch (outcome) {
    case 'off':
      return 'Updates are off. To have them, name a feed in updates.json in the data folder: {"feed": "https://…"}.'
    case 'busy':
      return 'A run goes on. Look again when it is done.'
    case 'none':
      return 'This is the newest version.'
    case 'failed':
      return 'The feed could not be read. The log says why.'
    case 'later':
      return 'The new version is not installed yet. Look again when no run goes on.'
    case 'declined':
    case 'leaving':
      return null
  }
}

async function agrees(question: MessageBoxOptions): Promise<boolean> {
  const { response } = await dialog.showMessageBox(question)
  return response === 0
}

function offerOf(offer: Offer): MessageBoxOptions {
  return {
    type: 'info',
    title: 'Restore Console',
    message: `Version ${offer.version} is there`,
    detail: notesOf(offer),
    buttons: ['Download', 'Not now'],
    defaultId: 0,
    cancelId: 1,
  }
}

function restartFor({ version }: Offer): MessageBoxOptions {
  return {
    type: 'question',
    title: 'Restore Console',
    message: `Version ${version} is ready`,
    detail: 'The console closes, is replaced and opens again. Runs on other hosts are not touched by it.',
    buttons: ['Install and restart', 'Not now'],
    defaultId: 0,
    cancelId: 1,
  }
}

/** What changed, as text: feeds write HTML too. */
export function notesOf({ releaseNotes }: Offer): string {
  const notes = Array.isArray(releaseNotes)
    ? releaseNotes.map(({ version, note }: { version: string; note: string | null }) => `${version}\n${note ?? ''}`)
    : [typeof releaseNotes === 'string' ? releaseNotes : '']
  const text = notes
    .join('\n\n')
    .replaceAll(/<[^>]*>/g, '')
    .trim()
  return text === '' ? 'The feed does not say what changed.' : text.slice(0, 4000)
}

function isTrusted(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1')
}
