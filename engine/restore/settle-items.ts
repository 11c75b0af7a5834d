import { chmodSync, lchownSync, lstatSync, type Stats } from 'node:fs'
import type { RestoreManner } from '../../contract/shapes/restore.ts'
import { modeThere, typeOf } from './compare-node.ts'
import type { Failure } from './heard.ts'
import { hostPath, joined } from './paths.ts'
import { PlaceFinder } from './place-finder.ts'
import type { PlanItems } from './plan-items.ts'
import type { PreparedRestore } from './plan-restore.ts'
import type { LedgerException } from './restore-event.ts'
import { isSkippedAsAsked } from './settled-ledger.ts'

export interface SettleRequest {
  readonly prepared: PreparedRestore
  readonly target: { readonly path: string; readonly fresh: boolean }
  readonly manner: RestoreManner
  readonly failures: ReadonlyMap<number, Failure>
  /** What becomes of items that restic has not finished; null when it was let do all of it. */
  readonly unfinished: Pick<LedgerException, 'action' | 'reason'> | null
  /** Milliseconds since 1970: what is as it should be and was not touched since was so before. */
  readonly begunAt: number
}

export interface Settlement {
  readonly exceptions: LedgerException[]
  /** Files that were to be written and are as they should be, and their bytes. */
  good: number
  goodBytes: number
  /** Items of any kind that are as they should be. */
  done: number
  failed: number
  /** Items that are passed over though nobody asked for that. */
  skipped: number
  /** Good files that could not be read back, since their own permissions forbid it. */
  unverified: number
  /** Entries of which the owner could not be changed, e.g. on a file system that has none. */
  notOwned: number
}

const UNVERIFIED = 'It is restored but was not read back: its own permissions forbid that to this user.'
const SET_USER_AND_GROUP = 0o6000
const PERMISSIONS = 0o7777
const OWNER_MAY_ALL = 0o700
/** File systems that keep no finer times keep two seconds. */
const COARSE_MILLISECONDS = 2000
/** The clock that stamps files may be behind by a tick of the kernel. */
const TICK_MILLISECONDS = 20
/** So often others get their turn, in items. */
const TURN = 2048

/**
 * Look at every planned item on disk and say what became of it; restic's word alone is not enough. Where ownership is not
 * applied, everything that was written becomes ours and loses set-user-id and set-group-id, however the restore ended. A
 * folder that its owner may not read is opened for the visit. See docs/decisions/0003-ownership-not-applied.md.
 */
export async function settleItems(request: SettleRequest): Promise<Settlement> {
  const settler = new Settler(request)
  try {
    for (let at = 0; at < request.prepared.items.length; at += 1) {
      if (at % TURN === TURN - 1) await new Promise((resolve) => setImmediate(resolve))
      settler.settle(at)
    }
  } finally {
    settler.close()
  }
  return settler.settlement
}

class Settler {
  readonly settlement: Settlement = {
    exceptions: [],
    good: 0,
    goodBytes: 0,
    done: 0,
    failed: 0,
    skipped: 0,
    unverified: 0,
    notOwned: 0,
  }
  readonly #request: SettleRequest
  readonly #items: PlanItems
  readonly #finder: PlaceFinder
  readonly #inPlace: boolean
  readonly #asRoot = process.geteuid?.() === 0
  readonly #us = { user: process.geteuid?.() ?? 0, group: process.getegid?.() ?? 0 }
  readonly #opened: { readonly path: string; readonly mode: number }[] = []

  constructor(request: SettleRequest) {
    this.#request = request
    this.#items = request.prepared.items
    this.#finder = new PlaceFinder(request.prepared)
    this.#inPlace = request.manner.target.kind === 'in-place'
  }

  settle(at: number): void {
    const action = this.#items.action(at)
    if (action === 'delete') return
    if (action === 'skip') return this.#skip(at)
    const path = joined(this.#request.target.path, this.#finder.place(at))
    const found = lookAt(path)
    const written = action !== 'unchanged'
    if (found !== undefined) {
      if (!this.#inPlace && written) this.#take(path, found)
      if (!this.#asRoot && found.isDirectory()) this.#open(path, found)
    }
    this.#judge(at, found, written)
  }

  /** Close the folders that were opened. */
  close(): void {
    for (const { path, mode } of this.#opened.toReversed()) chmodSync(hostPath(path), mode)
  }

  #skip(at: number): void {
    const item = { type: this.#items.type(at), differs: this.#items.differs(at) }
    if (!isSkippedAsAsked(item, this.#request.manner.conflicts)) this.settlement.skipped += 1
  }

  #judge(at: number, found: Stats | undefined, written: boolean): void {
    const { unfinished, failures } = this.#request
    const failure = failures.get(at)
    if (failure !== undefined && !this.#isUnreadable(failure)) return this.#fail(at, reasonFor(failure))
    const wrong = this.#wrongWith(at, found, written)
    if (unfinished !== null && written && (wrong !== null || !this.#isFinished(at, found))) {
      return this.#except(at, unfinished.action, unfinished.reason)
    }
    if (wrong !== null) return this.#fail(at, wrong)
    this.settlement.done += 1
    if (this.#items.type(at) === 'file' && written) {
      this.settlement.good += 1
      this.settlement.goodBytes += this.#items.size(at)
    }
    if (failure !== undefined) {
      this.settlement.unverified += 1
      this.settlement.exceptions.push({
        at,
        action: this.#items.action(at) === 'create' ? 'restored' : 'updated',
        reason: UNVERIFIED,
      })
    }
  }

  /** A sentence; null when it is as it should be. What is not finished has another time. */
  #wrongWith(at: number, found: Stats | undefined, written: boolean): string | null {
    if (found === undefined) return 'It is not on disk.'
    const type = this.#items.type(at)
    if (typeOf(found) !== type)
      return `It is of another kind on disk (${typeOf(found)}) than in the snapshot (${type}).`
    const size = this.#items.size(at)
    if (type === 'file' && found.size !== size) {
      return `It has ${found.size} bytes on disk and ${size} in the snapshot.`
    }
    if (!written) return null
    // A folder that was opened, or in which something was deleted, has its time set again later.
    if (type !== 'dir' && Math.abs(found.mtimeMs - this.#items.modified(at)) > COARSE_MILLISECONDS) {
      return 'Its time on disk is not that of the snapshot: it was not finished, or changed since.'
    }
    return this.#inPlace && this.#asRoot ? this.#wrongRights(at, found) : null
  }

  #wrongRights(at: number, found: Stats): string | null {
    const { mode, uid, gid } = this.#items.at(at)
    if (found.uid !== uid || found.gid !== gid) {
      return `It belongs to ${found.uid}:${found.gid} on disk and to ${uid}:${gid} in the snapshot.`
    }
    if (this.#items.type(at) === 'symlink') return null
    const wanted = modeThere(mode, { ownership: true })
    if ((found.mode & PERMISSIONS) === wanted) return null
    return `Its permissions are ${octal(found.mode & PERMISSIONS)} on disk and ${octal(wanted)} in the snapshot.`
  }

  /** restic sets the time of an item after all of its content, and that sets the time of its change, which nobody can fake. */
  #isFinished(at: number, found: Stats | undefined): boolean {
    if (found === undefined || found.ctimeMs < this.#request.begunAt - TICK_MILLISECONDS) return false
    return Math.abs(found.mtimeMs - this.#items.modified(at)) < 1
  }

  #fail(at: number, reason: string): void {
    this.#except(at, 'failed', reason)
  }

  #except(at: number, action: LedgerException['action'], reason: string): void {
    if (action === 'skipped') this.settlement.skipped += 1
    if (action === 'failed') this.settlement.failed += 1
    this.settlement.exceptions.push({ at, action, reason })
  }

  /** A file that its owner may not read cannot be verified by its owner; root reads it all the same. */
  #isUnreadable({ verifying, message }: Failure): boolean {
    return verifying && !this.#asRoot && message.endsWith('permission denied')
  }

  #take(path: string, found: Stats): void {
    const { user, group } = this.#us
    try {
      // What any user but root restored belongs to that user from the start.
      if (user === 0 && (found.uid !== user || found.gid !== group)) lchownSync(hostPath(path), user, group)
      if (!found.isSymbolicLink() && found.mode & SET_USER_AND_GROUP) {
        chmodSync(hostPath(path), found.mode & PERMISSIONS & ~SET_USER_AND_GROUP)
      }
    } catch {
      this.settlement.notOwned += 1
    }
  }

  #open(path: string, found: Stats): void {
    const mode = found.mode & PERMISSIONS & (this.#inPlace ? PERMISSIONS : ~SET_USER_AND_GROUP)
    if ((mode & OWNER_MAY_ALL) === OWNER_MAY_ALL || found.uid !== this.#us.user) return
    chmodSync(hostPath(path), mode | OWNER_MAY_ALL)
    this.#opened.push({ path, mode })
  }
}

function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(hostPath(path), { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

function reasonFor({ message, alike }: Failure): string {
  return alike === 1 ? message : `One or more of ${alike} items whose names look alike: ${message}`
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}
