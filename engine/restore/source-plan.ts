import type { RestoreManner, Selection } from '../../contract/shapes/restore.ts'
import type { TreeReader } from '../repository/tree-reader.ts'
import { Directories } from './directories.ts'
import { type Group, groupSelection } from './groups.ts'
import { cutCover, type PassDraft, type RestorePass } from './restore-pass.ts'
import { outermostTops, type RuleNode, readRules } from './rules.ts'
import { coverSelection } from './selection.ts'
import type { TargetView } from './target-view.ts'
import { type PassWalk, walkPass } from './walk-pass.ts'

/** A part of one snapshot that is to be restored. */
export interface PlannedSource {
  readonly snapshot: {
    readonly id: string
    readonly treeId: string
    readonly time: string
    /** What was backed up. The folders above these are in the snapshot too, with nothing else of what is in them. */
    readonly paths: readonly string[]
  }
  readonly selection: Selection
}

export interface SourceContext {
  readonly reader: Pick<TreeReader, 'nodes' | 'list' | 'atOnce'>
  readonly manner: RestoreManner
  /** As `cutCover` takes it. */
  readonly excerptFrom: number
  readonly signal?: AbortSignal | undefined
}

/** One source while it is planned. */
export class SourcePlan {
  readonly source: PlannedSource
  /** Its place in the request. */
  readonly at: number
  readonly rules: RuleNode
  readonly #context: SourceContext
  readonly #directories: Directories

  constructor(source: PlannedSource, at: number, context: SourceContext) {
    const { reader, signal } = context
    this.source = source
    this.at = at
    this.rules = readRules(source.selection)
    this.#context = context
    this.#directories = new Directories({ treeId: source.snapshot.treeId, reader, ...(signal ? { signal } : {}) })
  }

  /** What is selected and within nothing else that is. */
  tops(): string[] {
    return outermostTops(this.rules).map((top) => top.path)
  }

  groups(view: TargetView): Group[] {
    return groupSelection(this.rules, this.#context.manner.layout, view)
  }

  /** What restic is to be asked for a group, call by call; nothing where nothing is selected of it. */
  async passesOf({ base, folder, rules }: Group): Promise<PassDraft[]> {
    const { id, time } = this.source.snapshot
    const { manner, excerptFrom } = this.#context
    const { conflicts } = manner
    const cover = await coverSelection(rules, this.#directories)
    const treeId = await this.#directories.treeOf(base)
    return cutCover(cover, base, excerptFrom).map((part) => ({
      source: this.at,
      snapshotId: id,
      snapshotTime: time,
      base,
      treeId,
      folder,
      ...part,
      overwrite: conflicts === 'keep-both' ? 'always' : conflicts,
      isPrivate: false,
    }))
  }

  /** Visit what a pass restores, and say how much that is. Throws what `walkPass` throws. */
  async walk<T>(pass: PassDraft, walk: Pick<PassWalk<T>, 'above' | 'visit' | 'onUnread'>): Promise<RestorePass> {
    let items = 0
    const { reader, signal } = this.#context
    await walkPass<T>({
      reader,
      signal,
      treeId: pass.treeId,
      base: pass.base,
      patterns: pass.patterns,
      above: walk.above,
      onUnread: walk.onUnread,
      visit: (found, above) => {
        if (found.node.type !== 'socket') items += 1
        return walk.visit(found, above)
      },
    })
    return { ...pass, items }
  }
}
