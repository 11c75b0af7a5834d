import { z } from 'zod'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import {
  type RestoreDefault,
  type RestoreDefaults,
  restoreDefaultSchema,
  USUAL_RESTORE_DEFAULT,
} from '../../../contract/shapes/restore-default.ts'
import type { SettingStore } from '../../store/index.ts'
import type { AuditService } from '../audit/index.ts'
import type { HostsService } from '../hosts/index.ts'

const keptSchema = z.object({
  everywhere: restoreDefaultSchema,
  hosts: z.record(z.string(), restoreDefaultSchema),
})
type Kept = z.infer<typeof keptSchema>

interface Deps {
  readonly settings: Pick<SettingStore, 'get' | 'set'>
  readonly hosts: Pick<HostsService, 'get' | 'workspaceOf'>
  readonly audit: Pick<AuditService, 'record'>
}

interface Asker {
  readonly origin: string
  readonly workspaceId: string
}

/** Where restores go and how, until somebody says otherwise: of each workspace, and of each of its hosts. */
export class RestoreDefaultsService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** A host that has gone, or is in another workspace by now, is not told of. */
  of(workspaceId: string): RestoreDefaults {
    const { everywhere, hosts } = this.#kept(workspaceId)
    const own = Object.entries(hosts).map(([hostId, chosen]) => ({ hostId, chosen }))
    return {
      everywhere,
      hosts: own.filter(({ hostId }) => this.#deps.hosts.workspaceOf(hostId) === workspaceId),
    }
  }

  /** For every host of the workspace that has nothing of its own. Audited. */
  change(chosen: RestoreDefault, asker: Asker): RestoreDefaults {
    return this.#keep({ ...this.#kept(asker.workspaceId), everywhere: chosen }, asker, wordsFor(chosen))
  }

  /** For one host; null for what holds for all. Audited. Throws `not_found`. */
  changeOn(hostId: string, chosen: RestoreDefault | null, asker: Asker): RestoreDefaults {
    const { name } = this.#deps.hosts.get(hostId)
    const { everywhere, hosts } = this.#kept(asker.workspaceId)
    const { [hostId]: _, ...others } = hosts
    const next = { everywhere, hosts: chosen === null ? others : { ...others, [hostId]: chosen } }
    return this.#keep(next, asker, `${name}: ${chosen === null ? 'as for all hosts' : wordsFor(chosen)}`)
  }

  #keep(next: Kept, { origin, workspaceId }: Asker, words: string): RestoreDefaults {
    const summary = `restores go by default, ${words}`
    this.#deps.audit.record({ action: 'console.settings', origin, workspaceId, summary, outcome: 'done' })
    this.#deps.settings.set(keyOf(workspaceId), JSON.stringify(next))
    return this.of(workspaceId)
  }

  #kept(workspaceId: string): Kept {
    const text = this.#deps.settings.get(keyOf(workspaceId))
    return text === null ? { everywhere: USUAL_RESTORE_DEFAULT, hosts: {} } : keptSchema.parse(JSON.parse(text))
  }
}

function keyOf(workspaceId: string): string {
  return `restore-defaults:${workspaceId}`
}

function wordsFor({ target, conflicts, readBack }: RestoreDefault): string {
  const where = target.kind === 'staging' ? 'to a fresh folder' : `to ${showFileName(target.path)}`
  return `${where}, ${conflicts}, ${readBack ? 'read back' : 'not read back'}`
}
