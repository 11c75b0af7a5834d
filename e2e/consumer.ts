import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { IntentDescriptor } from '../contract/control-plane/intent.ts'
import { type WorklistEntry, worklistEntrySchema } from '../contract/control-plane/worklist.ts'

const run = promisify(execFile)

/** What a consumer says became of the restore of an entry of its worklist. */
export interface Told {
  readonly healthy: boolean
  readonly error?: string
  /** Its own clock. */
  readonly observedAt?: Date
}

/** A restore consumer of the tests' own, known to its plane by the key of its certificate. */
export interface Consumer {
  offer(intents: readonly IntentDescriptor[]): Promise<void>
  worklist(): Promise<WorklistEntry[]>
  /** The HTTP status of the answer. */
  askForCredentials(entry: WorklistEntry): Promise<number>
  report(entry: WorklistEntry, told: Told): Promise<void>
}

/** Enrol with the commands that a console shows, as whoever carries them to the consumer would: in a shell, in `directory`. */
export async function enrolWith(commands: readonly string[], directory: string): Promise<Consumer> {
  for (const command of commands) await run('sh', ['-ec', command], { cwd: directory })
  const enrol = commands.at(-1) ?? ''
  const url = /(https:\/\/\S+)\/enrol$/.exec(enrol)?.[1]
  if (url === undefined) throw new Error(`no address of a plane in: ${enrol}`)
  return consumerAt(url, directory)
}

function consumerAt(url: string, directory: string): Consumer {
  const [key, cert] = ['consumer.key', 'consumer.crt'].map((name) => readFileSync(join(directory, name)))
  const ask = (path: string, body?: unknown): Promise<Answer> => answerTo(`${url}${path}`, { key, cert, body })
  const must = async (path: string, body?: unknown): Promise<unknown> => {
    const { status, text } = await ask(path, body)
    if (status >= 300) throw new Error(`${path} was answered with ${status}: ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  return {
    offer: async (intents) => {
      await must('/restore-capabilities', { intents })
    },
    worklist: async () => worklistEntrySchema.array().parse(await must('/restore-worklist')),
    askForCredentials: async ({ group_id: group, type }) => (await ask('/restore-credentials', { group, type })).status,
    report: async (entry, { healthy, error, observedAt = new Date() }) => {
      await must('/restore-verification', {
        replica_id: entry.replica_id,
        group: entry.group_id,
        machine_id: entry.machine_id,
        type: entry.type,
        intent: entry.intent,
        outcome: error === undefined ? 'success' : 'failure',
        replica_healthy: healthy,
        observed_at: observedAt.toISOString(),
        snapshot_id: entry.snapshot_id,
        error: error ?? null,
        postgres_version: '17.6',
      })
    },
  }
}

interface Answer {
  readonly status: number
  readonly text: string
}

interface Asked {
  readonly key: Buffer | undefined
  readonly cert: Buffer | undefined
  readonly body: unknown
}

/** The plane is known by its pin, which the commands have checked: its certificate is signed by nobody. */
function answerTo(url: string, { key, cert, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST'
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const asked = request(url, { method, headers, key, cert, rejectUnauthorized: false, agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
