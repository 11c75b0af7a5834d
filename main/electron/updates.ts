import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { Fault } from '../../contract/errors.ts'
import { feedSchema, type UpdateState, type UpdateStep } from '../../contract/shapes/update.ts'
import { type ChangeReader, Changes } from '../services/changes.ts'
import type { Log } from '../services/log.ts'
import type { GoingRun } from '../services/notices/index.ts'
import type { Updater } from '../services/updates/index.ts'
import { problemOf } from './update-problem.ts'

/** `updates.json` in the data directory: where new versions come from. Without it there are none. */
const fileSchema = z.object({ feed: feedSchema.nullable() })

/** The part of electron-updater that is used. */
export interface PackageUpdater {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  allowDowngrade: boolean
  disableWebInstaller: boolean
  setFeedURL(options: { readonly provider: 'generic'; readonly url: string }): void
  checkForUpdates(): Promise<{ readonly isUpdateAvailable: boolean; readonly updateInfo: FoundVersion } | null>
  downloadUpdate(): Promise<unknown>
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void
  on(event: 'download-progress', listener: (progress: { readonly percent: number }) => void): unknown
}

interface FoundVersion {
  readonly version: string
  readonly releaseNotes?: string | readonly { readonly version: string; readonly note: string | null }[] | null
}

interface Deps {
  /** `updates.json`. */
  readonly file: string
  /** Fetched when it is needed: while updates are off, nothing of it is even loaded. */
  readonly updater: () => Promise<PackageUpdater>
  readonly goingRuns: () => readonly GoingRun[]
  /** End all that was begun, and then do this in place of quitting. */
  readonly leaveBy: (act: () => void) => void
  /** What whoever sits before it is asked, for a page could be made to say anything. */
  readonly agrees: {
    toFeed(feed: string): Promise<boolean>
    toInstall(version: string): Promise<boolean>
  }
  readonly log: Log
  readonly now: () => Date
}

/**
 * New versions of the console. Nothing is fetched before somebody has read what changed and wants it, nothing is done
 * while a run goes on, and nothing is installed behind anybody's back when the console is quit.
 */
export class Updates implements Updater {
  readonly #deps: Deps
  readonly #changes = new Changes<'updates'>()
  #feed: string | null = null
  #misread: string | null = null
  #lookedAt: string | null = null
  #step: UpdateStep = { at: 'idle' }
  #updater: PackageUpdater | null = null
  /** What is being done; whoever asks meanwhile waits for the same. */
  #doing: Promise<void> | null = null

  constructor(deps: Deps) {
    this.#deps = deps
    try {
      this.#feed = feedOf(deps.file)
    } catch (error) {
      // A file that is not understood keeps nobody from their restores.
      this.#misread = deps.file
      deps.log.warning('updates are off', { error: String(error) })
    }
  }

  state(): Pick<UpdateState, 'feed' | 'misread' | 'lookedAt' | 'step'> {
    return { feed: this.#feed, misread: this.#misread, lookedAt: this.#lookedAt, step: this.#step }
  }

  subscribe(): ChangeReader<'updates'> {
    return this.#changes.subscribe()
  }

  async setFeed(feed: string | null): Promise<void> {
    if (feed !== null && !(await this.#deps.agrees.toFeed(feed))) throw new Fault('cancelled', {})
    // What is under way is of the feed that was.
    await this.#doing?.catch(() => undefined)
    writeFeed(this.#deps.file, feed)
    this.#feed = feed
    this.#misread = null
    this.#lookedAt = null
    this.#become({ at: 'idle' })
  }

  look(): Promise<void> {
    return this.#once(async () => {
      const feed = this.#feed
      if (feed === null) throw new Fault('conflict', { what: 'updates_off', detail: '' })
      this.#requireIdle()
      // What is fetched already stays so: it only waits to be installed.
      if (this.#step.at === 'ready') return
      await this.#attempt({ at: 'looking' }, async () => {
        const found = await (await this.#prepared(feed)).checkForUpdates()
        this.#lookedAt = this.#deps.now().toISOString()
        if (found === null || !found.isUpdateAvailable) return { at: 'newest' }
        return { at: 'found', version: found.updateInfo.version, notes: notesOf(found.updateInfo) }
      })
    })
  }

  fetch(): Promise<void> {
    return this.#once(async () => {
      if (this.#step.at !== 'found' || this.#updater === null) {
        throw new Fault('conflict', { what: 'nothing_to_fetch', detail: '' })
      }
      this.#requireIdle()
      const updater = this.#updater
      const { version, notes } = this.#step
      this.#deps.log.info('fetching an update', { version })
      await this.#attempt({ at: 'fetching', version, notes, share: null }, async () => {
        await updater.downloadUpdate()
        return { at: 'ready', version, notes }
      })
    })
  }

  install(): Promise<void> {
    return this.#once(async () => {
      const updater = this.#updater
      if (this.#step.at !== 'ready' || updater === null) {
        throw new Fault('conflict', { what: 'nothing_to_install', detail: '' })
      }
      this.#requireIdle()
      if (!(await this.#deps.agrees.toInstall(this.#step.version))) throw new Fault('cancelled', {})
      // One may have begun while it was read.
      this.#requireIdle()
      this.#deps.leaveBy(() => updater.quitAndInstall(true, true))
    })
  }

  #once(act: () => Promise<void>): Promise<void> {
    this.#doing ??= act().finally(() => {
      this.#doing = null
    })
    return this.#doing
  }

  /** What comes of it is told as a step; that nothing does, too. */
  async #attempt(step: UpdateStep, act: () => Promise<UpdateStep>): Promise<void> {
    this.#become(step)
    try {
      this.#become(await act())
    } catch (error) {
      this.#deps.log.warning('no update', { error: error instanceof Error ? error.message : 'unknown' })
      this.#become({ at: 'failed', problem: problemOf(error) })
    }
  }

  /** A host that is gone for good would hold updates up for ever: what is not known to go on does not. */
  #requireIdle(): void {
    const run = this.#deps.goingRuns().find(({ certain }) => certain)
    if (run !== undefined) throw new Fault('conflict', { what: 'run_goes_on', detail: run.host })
  }

  async #prepared(feed: string): Promise<PackageUpdater> {
    const updater = this.#updater ?? (await this.#deps.updater())
    if (this.#updater === null) updater.on('download-progress', ({ percent }) => this.#progress(percent))
    this.#updater = updater
    updater.autoDownload = false
    updater.autoInstallOnAppQuit = false
    updater.allowDowngrade = false
    updater.disableWebInstaller = true
    updater.setFeedURL({ provider: 'generic', url: feed })
    return updater
  }

  #progress(percent: number): void {
    if (this.#step.at !== 'fetching') return
    this.#become({ ...this.#step, share: Math.min(Math.max(percent / 100, 0), 1) })
  }

  #become(step: UpdateStep): void {
    this.#step = step
    this.#changes.announce('updates')
  }
}

/** electron-updater's own, for the package that this console came in. */
export async function electronUpdater(): Promise<PackageUpdater> {
  const { default: module } = await import('electron-updater')
  return module.autoUpdater
}

/** The feed that a file names; null where it names none. Throws an Error with a sentence where it is not understood. */
export function feedOf(file: string): string | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  try {
    return fileSchema.parse(JSON.parse(text)).feed
  } catch {
    throw new Error(`${file} is not understood: write {"feed": "https://…"}, or remove it.`)
  }
}

/** Whole or not at all: half of it would turn updates off. */
function writeFeed(file: string, feed: string | null): void {
  if (feed === null) return rmSync(file, { force: true })
  writeFileSync(`${file}.new`, `${JSON.stringify({ feed })}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** What changed, as text: feeds write HTML too. */
export function notesOf({ releaseNotes }: FoundVersion): string {
  const notes = Array.isArray(releaseNotes)
    ? releaseNotes.map(({ version, note }: { version: string; note: string | null }) => `${version}\n${note ?? ''}`)
    : [typeof releaseNotes === 'string' ? releaseNotes : '']
  const text = notes
    .join('\n\n')
    .replaceAll(/<[^>]*>/g, '')
    .trim()
  return text === '' ? 'The feed does not say what changed.' : text.slice(0, 4000)
}
