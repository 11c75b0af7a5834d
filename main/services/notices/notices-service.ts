import { Fault } from '../../../contract/errors.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import {
  type BySystem,
  type LinkedPlace,
  type LinkKind,
  type MenuPage,
  type Notice,
  type NoticeEvent,
  type NoticeSettings,
  needsSomeone,
  noticeSettingsSchema,
  type ProofNotice,
  type SystemWords,
} from '../../../contract/shapes/notice.ts'
import { isEnded } from '../../../contract/shapes/run.ts'
import type { RunSummary } from '../../../contract/shapes/run-summary.ts'
import type { SettingStore } from '../../store/index.ts'
import { Changes } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { HostsService } from '../hosts/index.ts'
import { AwaitedWords } from './awaited-words.ts'
import type { Notifier } from './notifier.ts'
import { type PlainWords, plainProofWords, plainRunWords } from './plain-words.ts'
import { isQuiet } from './quiet.ts'

const SETTING = 'notices'
const DEFAULT: NoticeSettings = { inWindow: true, bySystem: true, fileNames: false, proofs: true, quiet: null }
/** How many are kept for a window whose connection was lost for a while. */
const KEPT = 200
/** How many are remembered as told. */
const REMEMBERED = 10_000

interface Deps {
  readonly settings: SettingStore
  readonly clock: Clock
  readonly hosts: Pick<HostsService, 'get' | 'workspaceOf'>
  /** Null where only the pages can show something. */
  readonly notifier: Notifier | null
}

interface Shown {
  readonly id: string
  readonly workspaceId: string
  /** What is said only where names may be. */
  readonly names: string
  /** What is said where no window says it. */
  readonly plain: PlainWords
  readonly onOpen: () => void
}

/** An event with its number, which counts from 1 over all workspaces. */
export interface Numbered {
  readonly sequence: number
  readonly workspaceId: string
  readonly event: NoticeEvent
}

/** Tells of runs that come to their end, and of replicas that come to need somebody, each once. */
export class NoticesService implements Disposable {
  readonly #deps: Deps
  readonly #changes = new Changes<'notices'>()
  /** Those that were told last: a host that comes back tells its newest runs again. */
  readonly #told = new Set<string>()
  /** The workspaces that windows work in, once for each window. */
  readonly #watched: string[] = []
  readonly #unseen = new Map<string, string>()
  /** Null where only the pages can show something. */
  readonly #awaitedWords: AwaitedWords | null
  /** Where a window is to be led once there is one. */
  #awaited: NoticeEvent | null = null
  #kept: Numbered[] = []
  #sequence = 0

  constructor(deps: Deps) {
    this.#deps = deps
    const { notifier, clock } = deps
    const openAll = (): void => this.show('runs')
    this.#awaitedWords = notifier === null ? null : new AwaitedWords({ notifier, clock, openAll })
  }

  [Symbol.dispose](): void {
    this.#awaitedWords?.[Symbol.dispose]()
  }

  settings(): NoticeSettings {
    const text = this.#deps.settings.get(SETTING)
    return text === null ? DEFAULT : noticeSettingsSchema.parse(JSON.parse(text))
  }

  change(settings: NoticeSettings): NoticeSettings {
    this.#deps.settings.set(SETTING, JSON.stringify(settings))
    return settings
  }

  /** How many ends of runs and troubles of replicas of a workspace need somebody who has not looked since. */
  unseen(workspaceId: string): number {
    return [...this.#unseen.values()].filter((of) => of === workspaceId).length
  }

  /** Somebody has looked. */
  seen(workspaceId: string): void {
    this.#awaitedWords?.drop(workspaceId)
    for (const [id, of] of this.#unseen) if (of === workspaceId) this.#unseen.delete(id)
    this.#changes.announce('notices')
  }

  /** Whenever something was told, or was looked at. */
  changes(): ReturnType<Changes<'notices'>['subscribe']> {
    return this.#changes.subscribe()
  }

  /** The workspaces in which somebody follows what is told. */
  watched(): readonly string[] {
    return this.#watched
  }

  /** News of a run of a host. */
  note(hostId: string, run: RunSummary): void {
    const workspaceId = this.#deps.hosts.workspaceOf(hostId)
    const id = JSON.stringify([hostId, run.id, run.state])
    if (workspaceId === null || !isEnded(run.state) || this.#told.has(id)) return
    this.#told.add(id)
    const [oldest = id] = this.#told
    if (this.#told.size > REMEMBERED) this.#told.delete(oldest)
    const { name: host } = this.#deps.hosts.get(hostId)
    const { subject, state, counts } = run
    const notice: Notice = { id, hostId, host, runId: run.id, kind: subject.kind, state, counts, names: namesOf(run) }
    if (needsSomeone(notice)) this.#unseen.set(id, workspaceId)
    const place = { kind: 'run', hostId, runId: run.id } as const
    const onOpen = (): void => this.lead({ workspaceId, place }, 'run')
    const plain = plainRunWords(notice)
    const system = this.#bySystem({ id, workspaceId, names: notice.names, plain, onOpen })
    this.#tell(workspaceId, { event: 'told', notice, inWindow: this.settings().inWindow, system })
  }

  /** Something has come to be otherwise with a replica. That it is well again is said in the window alone. */
  noteProof(workspaceId: string, notice: ProofNotice): void {
    const { id, planeId, replicaId, state, cause } = notice
    const { inWindow, proofs } = this.settings()
    const isOver = state === 'healthy' || state === 'over'
    if (isOver) this.#unseen.delete(id)
    if (!proofs) return
    if (!isOver) this.#unseen.set(id, workspaceId)
    const place =
      replicaId === null ? ({ kind: 'replicas' } as const) : ({ kind: 'replica', planeId, replicaId } as const)
    const onOpen = (): void => this.lead({ workspaceId, place }, 'replica')
    const plain = plainProofWords(notice)
    const system = isOver ? null : this.#bySystem({ id: `${id} ${state}`, workspaceId, names: cause, plain, onOpen })
    this.#tell(workspaceId, { event: 'proof', notice, inWindow, system })
  }

  /** Have the desktop show what was told, in the words of a window of the workspace. */
  say(workspaceId: string, words: SystemWords): void {
    this.#awaitedWords?.say(workspaceId, words)
  }

  /** What is told in a workspace after `last`; from now on where that is null. */
  async *watch(workspaceId: string, last: number | null, signal: AbortSignal): AsyncGenerator<Numbered> {
    using changes = this.#changes.subscribe()
    this.#watched.push(workspaceId)
    this.#changes.announce('notices')
    try {
      // A number of another life of this console is no number of this one.
      let seen = last === null || last > this.#sequence ? this.#sequence : last
      yield { sequence: seen, workspaceId, event: { event: 'begun' } }
      if (this.#awaited !== null) {
        const event = this.#awaited
        this.#awaited = null
        yield { sequence: seen, workspaceId, event }
      }
      while (true) {
        for (const one of this.#kept.filter(({ sequence }) => sequence > seen)) {
          seen = one.sequence
          if (one.workspaceId === workspaceId) yield one
        }
        await changes.next(signal)
      }
    } finally {
      this.#watched.splice(this.#watched.indexOf(workspaceId), 1)
    }
  }

  /** Show a run in the windows of its workspace. Throws `not_found`. */
  open(hostId: string, runId: string): void {
    const workspaceId = this.#deps.hosts.workspaceOf(hostId)
    if (workspaceId === null) throw new Fault('not_found', { what: 'host', id: hostId })
    this.#tell(workspaceId, { event: 'open', hostId, runId })
  }

  /** Show a page in every window. */
  show(page: MenuPage): void {
    for (const workspaceId of new Set(this.#watched)) this.#tell(workspaceId, { event: 'page', page })
  }

  /** Lead the windows to where a link leads, or say that it leads nowhere here; the first one to come, where there is none. */
  lead(found: { readonly workspaceId: string; readonly place: LinkedPlace } | null, what: LinkKind): void {
    const event: NoticeEvent = { event: 'linked', what, found }
    const windows = new Set(this.#watched)
    if (windows.size === 0) this.#awaited = event
    for (const workspaceId of windows) this.#tell(workspaceId, event)
  }

  /** Who is to have the operating system show it; null for nobody. */
  #bySystem({ id, workspaceId, names, plain, onOpen }: Shown): BySystem | null {
    const { notifier, clock } = this.#deps
    const { bySystem, fileNames, quiet } = this.settings()
    if (!bySystem || isQuiet(quiet, clock.now())) return null
    const told = { id, names: fileNames ? names : '' }
    if (notifier === null) return { ...told, by: 'page' }
    // Whoever works in another workspace is told nothing of this one; where no window follows anything, somebody has to be told.
    const isOfOthers = this.#watched.length > 0 && !this.#watched.includes(workspaceId)
    if (isOfOthers || notifier.isInFront()) return null
    this.#awaitedWords?.await(id, { workspaceId, plain, onOpen })
    return { ...told, by: 'console' }
  }

  #tell(workspaceId: string, event: NoticeEvent): void {
    this.#sequence += 1
    this.#kept = [...this.#kept.slice(1 - KEPT), { sequence: this.#sequence, workspaceId, event }]
    this.#changes.announce('notices')
  }
}

function namesOf({ subject }: RunSummary): string {
  switch (subject.kind) {
    case 'restore':
      return showFileName(subject.targetPath)
    case 'backup':
      return subject.paths.first.slice(0, 1).map(showFileName).join('')
    default:
      return ''
  }
}
