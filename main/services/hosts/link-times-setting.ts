import { type LinkTimes, linkTimesSchema, USUAL_LINK_TIMES } from '../../../contract/shapes/link-times.ts'
import type { SettingStore } from '../../store/index.ts'
import type { AuditService } from '../audit/index.ts'

const SETTING = 'link-times'

interface Deps {
  readonly settings: Pick<SettingStore, 'get' | 'set'>
  readonly audit: Pick<AuditService, 'record'>
}

/** How long this console waits for agents; what is changed holds from the next connection and the next silence on. */
export class LinkTimesSetting {
  readonly #deps: Deps
  #times: LinkTimes

  constructor(deps: Deps) {
    this.#deps = deps
    this.#times = read(deps.settings.get(SETTING))
  }

  now(): LinkTimes {
    return this.#times
  }

  /** Audited: with it a host that is away is told of later. */
  change(
    times: LinkTimes,
    { origin, workspaceId }: { readonly origin: string; readonly workspaceId: string },
  ): LinkTimes {
    const { reachWithin, askAfter, awayAfter } = times
    const summary = `links: reached within ${reachWithin} s, asked after ${askAfter} s, away after ${awayAfter} s`
    this.#deps.audit.record({ action: 'console.settings', origin, workspaceId, summary, outcome: 'done' })
    this.#deps.settings.set(SETTING, JSON.stringify(times))
    this.#times = times
    return times
  }
}

/** Bounds may be others in another version: what is out of them is as usual. */
function read(text: string | null): LinkTimes {
  return text === null ? USUAL_LINK_TIMES : (linkTimesSchema.safeParse(JSON.parse(text)).data ?? USUAL_LINK_TIMES)
}
