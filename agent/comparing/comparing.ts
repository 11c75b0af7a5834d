import type { z } from 'zod'
import type {
  ChangeListEvent,
  ComparedLevel,
  changesInputSchema,
  compareLevelInputSchema,
  Renames,
  RollUpEvent,
  rollUpsInputSchema,
  treePairSchema,
} from '../../contract/shapes/compare.ts'
import { toColumns } from '../../contract/shapes/columns.ts'
import { modifierOf } from '../../engine/compare/change.ts'
import { compareLevel } from '../../engine/compare/compare-level.ts'
import { listChanges } from '../../engine/compare/list-changes.ts'
import { findRenames } from '../../engine/compare/renames.ts'
import { rollUps } from '../../engine/compare/roll-ups.ts'
import type { Repositories } from '../repositories/repositories.ts'
import { changeColumns } from './change-columns.ts'
import { changeEvents } from './change-events.ts'
import { rollUpEvents } from './roll-up-events.ts'

/** What differs between directories of the repositories of this host. Reads only; each throws as the contract says. */
export class Comparing {
  readonly #repositories: Repositories

  constructor(repositories: Repositories) {
    this.#repositories = repositories
  }

  /** One page of two directories beside each other. */
  async level(query: z.infer<typeof compareLevelInputSchema>, signal: AbortSignal): Promise<ComparedLevel> {
    const { repositoryId, before, after, all, offset, limit } = query
    const reader = await this.#repositories.reader(repositoryId)
    const rows = await compareLevel(reader, { before, after }, { all, signal })
    return { offset, total: rows.length, rows: changeColumns(rows.slice(offset, offset + limit)) }
  }

  /** All below two directories, rolled up by folder. */
  async rollUps(
    { repositoryId, before, after, skip }: z.infer<typeof rollUpsInputSchema>,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<RollUpEvent, void, void>> {
    const reader = await this.#repositories.reader(repositoryId)
    return rollUpEvents({ folders: (stop) => rollUps(reader, { before, after }, { signal: stop }), skip, signal })
  }

  /** Every change below two directories. */
  async changes(
    { repositoryId, before, after, filter, limit, metadata }: z.infer<typeof changesInputSchema>,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<ChangeListEvent, void, void>> {
    const reader = await this.#repositories.reader(repositoryId)
    const changes = async function* (stop: AbortSignal) {
      for await (const { change, ...listed } of listChanges(reader, { before, after }, { signal: stop }))
        yield { ...listed, kind: change.kind, modifier: modifierOf(change, { metadata }) }
    }
    return changeEvents({ changes, filter, limit, signal })
  }

  /** What was moved from one directory to the other. */
  async renames(
    { repositoryId, before, after }: z.infer<typeof treePairSchema>,
    signal: AbortSignal,
  ): Promise<Renames> {
    const reader = await this.#repositories.reader(repositoryId)
    const { renames, complete } = await findRenames(reader, { before, after }, { signal })
    return { renames: toColumns(renames, ['from', 'to', 'type']), complete }
  }
}
