import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { type IntentDescriptor, intentDescriptorSchema } from '../../contract/control-plane/intent.ts'
import type { Revisions } from './revisions.ts'

const rowSchema = z.object({
  device_id: z.string(),
  intent: z.string(),
  description: z.string().nullable(),
  semantics: z.string(),
  params: z.string(),
})

/** What each device says that it can do. */
export class CapabilityStore {
  readonly #replace: (deviceId: string, intents: readonly IntentDescriptor[], at: string) => void
  readonly #of: Statement
  readonly #all: Statement

  constructor(database: Database, revisions: Revisions) {
    // What is registered already keeps when it was: only what it says is written anew.
    const upsert = database.prepare(`
      INSERT INTO capabilities (device_id, intent, description, semantics, params, registered_at)
      VALUES (@deviceId, @intent, @description, @semantics, @params, @at)
      ON CONFLICT (device_id, intent) DO UPDATE SET description = excluded.description, semantics = excluded.semantics,
        params = excluded.params`)
    const prune = database.prepare(`
      DELETE FROM capabilities WHERE device_id = ? AND intent NOT IN (SELECT value FROM json_each(?))`)
    this.#of = database.prepare('SELECT * FROM capabilities WHERE device_id = ? ORDER BY intent')
    this.#all = database.prepare('SELECT * FROM capabilities ORDER BY device_id, intent')
    const write = database.transaction((deviceId: string, intents: readonly IntentDescriptor[], at: string) => {
      for (const { intent, description, semantics, params } of intents) {
        const texts = { semantics: JSON.stringify(semantics), params: JSON.stringify(params) }
        upsert.run({ deviceId, intent, description: description ?? null, ...texts, at })
      }
      prune.run(deviceId, JSON.stringify(intents.map(({ intent }) => intent)))
    })
    this.#replace = (deviceId, intents, at) => {
      write(deviceId, intents, at)
      revisions.bump(deviceId)
    }
  }

  /** These and no others. */
  replace(deviceId: string, intents: readonly IntentDescriptor[], at: string): void {
    this.#replace(deviceId, intents, at)
  }

  /** By name. */
  of(deviceId: string): IntentDescriptor[] {
    return this.#of.all(deviceId).map((row) => toIntent(row).descriptor)
  }

  /** By device. */
  all(): Map<string, IntentDescriptor[]> {
    const found = new Map<string, IntentDescriptor[]>()
    for (const { deviceId, descriptor } of this.#all.all().map(toIntent)) {
      found.set(deviceId, [...(found.get(deviceId) ?? []), descriptor])
    }
    return found
  }
}

function toIntent(row: unknown): { readonly deviceId: string; readonly descriptor: IntentDescriptor } {
  const { device_id, intent, description, semantics, params } = rowSchema.parse(row)
  const descriptor = { intent, description, semantics: parsed(semantics), params: parsed(params) }
  return { deviceId: device_id, descriptor: intentDescriptorSchema.parse(descriptor) }
}

function parsed(text: string): unknown {
  return JSON.parse(text)
}
