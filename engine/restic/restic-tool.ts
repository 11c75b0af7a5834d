import { accessSync, constants } from 'node:fs'
import { Fault } from '../../contract/errors.ts'
import { findRestic, RESTIC_WANTED, type Restic, type ResticFound } from './restic.ts'

/** The restic of this host. Looked for until one is found, so that it may be installed while the agent runs. */
export class ResticTool {
  readonly #candidates: readonly string[]
  #found: Promise<ResticFound> | undefined

  /** `candidates` are absolute paths, or the bare name for what is on the PATH; the first that is new enough is taken. */
  constructor(candidates: readonly string[]) {
    this.#candidates = candidates
  }

  /** What there is. One that was found is not looked for again while its file is there, until `forget`. */
  async look(): Promise<ResticFound> {
    const known = await this.#found
    if (known !== undefined && !isThere(known.restic)) this.forget()
    this.#found ??= findRestic(this.#candidates)
    return this.#found
  }

  /** Throws `tool_missing`. */
  async require(): Promise<Restic> {
    const { restic, found } = await this.look()
    if (restic === null) throw new Fault('tool_missing', { tool: 'restic', wanted: RESTIC_WANTED, found })
    return restic
  }

  /** It may have been replaced by another version: look again next time. */
  forget(): void {
    this.#found = undefined
  }
}

function isThere(restic: Restic | null): boolean {
  try {
    if (restic === null) return false
    accessSync(restic.path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
