import { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { StoredNode } from '../repository/stored-node.ts'
import { besidePath } from './beside-name.ts'
import { type Compared, type Comparison, compareNode } from './compare-node.ts'
import { HardLinks } from './hard-links.ts'
import { joined } from './paths.ts'
import { PlanItems } from './plan-items.ts'
import { type PassDraft, placeIn } from './restore-pass.ts'
import { millisecondsOf } from './stored-time.ts'
import type { PassNode } from './walk-pass.ts'

/** What is known of a folder that is being walked. */
export interface FolderState {
  /** Its place in the target; null where items keep the place that their pass gives them. */
  readonly comesAs: string | null
  /** `missing`: it will be made, so that nothing in it is there. `blocked`: what is in its place stays. */
  readonly host: 'there' | 'missing' | 'blocked'
}

/** An item of which content must be compared. */
export interface Unread {
  readonly at: number
  readonly pass: number
  readonly node: StoredNode
  /** Where the other is. */
  readonly place: string
}

export interface DraftOptions {
  readonly comparison: Comparison
  /** A path must come from one source alone. */
  readonly severalSources: boolean
}

/** A plan while the trees are walked: its items, and what must be looked at again. */
export class DraftPlan {
  readonly items = new PlanItems()
  readonly unread: Unread[] = []
  /** Snapshot paths of folders that could not be read. */
  readonly unreadable: string[] = []
  /** Snapshot paths, by pass, that restic must not be asked for, since what is there stays. */
  readonly blocked: { readonly pass: number; readonly path: string }[] = []
  readonly #comparison: Comparison
  readonly #links = new HardLinks()
  readonly #beside = new Set<string>()
  readonly #severalSources: boolean
  /** Folders on the way, and with several sources every item, by place. */
  readonly #known = new Map<string, { readonly at: number; readonly chosen: boolean }>()

  constructor({ comparison, severalSources }: DraftOptions) {
    this.#comparison = comparison
    this.#severalSources = severalSources
  }

  /** What is known of the folder in which a pass begins. */
  begin(pass: PassDraft): FolderState {
    const { view } = this.#comparison
    this.#links.clear()
    const there = !view.fresh && (pass.folder === '/' || view.stat(pass.folder) !== undefined)
    return { comesAs: null, host: there ? 'there' : 'missing' }
  }

  /** Add what becomes of one node. */
  add(found: PassNode, above: FolderState | undefined, pass: PassDraft & { readonly at: number }): FolderState {
    const { node, path } = found
    const own = placeIn(pass, path)
    const folder = above?.comesAs ?? null
    const place = folder === null ? own : joined(folder, `/${node.name}`)
    const compared = node.type === 'socket' ? SOCKET : this.#compare(node, place, above)
    const comesAs = compared.beside ? this.beside(place, pass.snapshotTime) : placeOr(place, own)
    const at = this.#put(found, pass, { ...compared, comesAs })
    if (at === null) return { comesAs, host: 'there' }
    if (compared.unread) this.unread.push({ at, pass: pass.at, node, place })
    if (compared.blocks && node.type !== 'socket') this.blocked.push({ pass: pass.at, path })
    return { comesAs, host: stateBelow(compared) }
  }

  /** A free place beside another, for what was in a snapshot of this time. */
  beside(place: string, time: string): string {
    const { view } = this.#comparison
    const path = besidePath(place, time, (other) => this.#beside.has(other) || view.stat(other) !== undefined)
    this.#beside.add(path)
    return path
  }

  #compare(node: StoredNode, place: string, above: FolderState | undefined): Compared {
    if (above?.host === 'blocked') return BLOCKED
    const found = above?.host === 'missing' ? undefined : this.#comparison.view.stat(place)
    if (found === undefined) {
      this.#links.created(node)
      return CREATED
    }
    return this.#links.compare(node, found, () => compareNode(node, place, found, this.#comparison))
  }

  /** Where the item stands; null when it is there already, as a folder on the way to something else. */
  #put(found: PassNode, pass: PassDraft, compared: Compared & { readonly comesAs: string | null }): number | null {
    const { node, path, chosen } = found
    const facts = { mode: node.mode, uid: node.uid, gid: node.gid, modified: millisecondsOf(node.modified) }
    const place = compared.comesAs ?? placeIn(pass, path)
    if (this.#severalSources || !chosen) {
      const known = this.#known.get(place)
      if (known !== undefined) {
        if (chosen && known.chosen) throw new Fault('conflict', { what: 'two_versions', detail: showFileName(path) })
        // The pass that comes last has the last word on a folder that it goes through.
        this.items.settle(known.at, facts)
        return null
      }
      this.#known.set(place, { at: this.items.length, chosen })
    }
    const { action, differs, comesAs } = compared
    const size = node.type === 'file' ? node.size : 0
    this.items.add({ path, type: node.type, action, size, differs, comesAs, source: pass.source, ...facts })
    return this.items.length - 1
  }
}

const NOTHING = { differs: [], beside: false, unread: false, blocks: false } as const
const CREATED: Compared = { ...NOTHING, action: 'create' }
const BLOCKED: Compared = { ...NOTHING, action: 'skip' }
const SOCKET: Compared = { ...NOTHING, action: 'skip' }

function placeOr(place: string, own: string): string | null {
  return place === own ? null : place
}

function stateBelow({ action, blocks, differs, beside }: Compared): FolderState['host'] {
  if (blocks) return 'blocked'
  if (action === 'create' || beside || differs.includes('type')) return 'missing'
  return action === 'skip' && differs.length === 0 ? 'blocked' : 'there'
}
