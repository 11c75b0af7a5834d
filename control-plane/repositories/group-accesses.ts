import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { type GroupAccess, groupAccessSchema } from '../../contract/control-plane/fleet.ts'
import { openSealed, sealText } from '../../engine/sealed/sealed-text.ts'
import type { PlaneStore } from '../store/index.ts'

/** The group stands in it, so that what was sealed for one opens no other. */
const sealedSchema = z.object({ groupId: z.string(), access: groupAccessSchema })

/** What the groups' repositories are read with: sealed in the store, and opened when it is asked for. */
export class GroupAccesses {
  readonly #store: PlaneStore
  readonly #key: KeyObject
  readonly #opened = new Map<string, GroupAccess>()

  constructor(store: PlaneStore, key: KeyObject) {
    this.#store = store
    this.#key = key
  }

  /** Undefined where the plane was not told. Throws as `openSealed` does. */
  get(groupId: string): GroupAccess | undefined {
    const known = this.#opened.get(groupId)
    if (known !== undefined) return known
    const sealed = this.#store.groups.access(groupId)
    if (sealed === undefined) return undefined
    const text = openSealed(this.#key, Buffer.from(sealed), `group ${groupId}`)
    const { access } = sealedSchema.refine((one) => one.groupId === groupId).parse(JSON.parse(text))
    this.#opened.set(groupId, access)
    return access
  }

  put(groupId: string, access: GroupAccess): void {
    this.#opened.delete(groupId)
    this.#store.groups.setAccess(groupId, sealText(this.#key, JSON.stringify({ groupId, access })))
  }

  remove(groupId: string): void {
    this.#opened.delete(groupId)
    this.#store.groups.setAccess(groupId, null)
  }

  /** Every text that was opened and is a secret, for redaction. */
  *texts(): Generator<string> {
    for (const { repo_password, server_password, s3 } of this.#opened.values()) {
      yield* [repo_password, server_password ?? '', s3?.secret_access_key ?? ''].filter((text) => text !== '')
    }
  }
}
