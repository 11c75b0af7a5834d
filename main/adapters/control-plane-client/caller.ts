import { OPERATOR_HEADER, SAFETY_HEADER, type SafetyMode } from '../../../contract/control-plane/fleet.ts'
import { Fault } from '../../../contract/errors.ts'
import { reasonOf } from '../../../contract/reasons.ts'
import type { PlaneSafety } from '../../../contract/shapes/plane.ts'
import type { z } from 'zod'
import { AnswerLost } from '../../services/audit/index.ts'
import type { Exchange } from './exchange.ts'
import { faultOf, jsonOf, readRefusal, Refusal } from './refusal.ts'
import { safetySessionShape } from './shapes.ts'

export interface Call {
  readonly path: `/api/${string}`
  readonly body?: unknown
  readonly grade?: SafetyMode
  readonly about?: { readonly what: string; readonly id: string }
}

interface Raised {
  readonly mode: SafetyMode
  /** Milliseconds since the epoch; null for a mode that does not end. */
  readonly until: number | null
}

/** It was answered, and nobody knows with what. */
class Unreadable extends AnswerLost {
  readonly isJson: boolean

  constructor(message: string, isJson: boolean) {
    super(message)
    this.isJson = isJson
  }
}

const READ_ONLY: Raised = { mode: 'read-only', until: null }

/**
 * Calls of one plane, read and refused alike, in the safety session that it takes for changes. The session's id is in memory alone: whoever
 * starts again starts read-only.
 */
export class Caller {
  readonly #exchange: Exchange
  readonly #host: string
  readonly #now: () => Date
  /** Null while the plane has no safety modes. */
  #raised: Raised | null = null
  #session: string | null = null
  #operator: string | null = null

  constructor(exchange: Exchange, host: string, now: () => Date) {
    this.#exchange = exchange
    this.#host = host
    this.#now = now
  }

  /** For whom it is asked, from now on. */
  say(operator: string): void {
    this.#operator = operator
  }

  /** Throws the fault of a refusal, with the `Refusal` as its cause; `unreachable` for an answer that cannot be read. */
  async call<T>(
    { path, body = {}, grade = 'read-only', about }: Call,
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const headers = {
      ...(this.#session === null ? {} : { [SAFETY_HEADER]: this.#session }),
      ...(this.#operator === null ? {} : { [OPERATOR_HEADER]: encodeURIComponent(this.#operator) }),
    }
    const answer = await this.#exchange.post(path, body, headers, signal)
    if (answer.status < 200 || answer.status >= 300) {
      const refusal = readRefusal(answer)
      if (refusal.slug === 'safety-mode-too-low') this.#raised = READ_ONLY
      throw faultOf(refusal, { host: this.#host, grade, about: about ?? null })
    }
    const value = answer.text === '' ? null : jsonOf(answer.text)
    const read = schema.safeParse(value)
    if (read.success && value !== undefined) return read.data
    const [issue] = read.error?.issues ?? []
    const wrong = [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')
    const said = value === undefined ? 'invalid JSON' : wrong
    const unreadable = reasonOf('answer_unreadable', { path, said })
    const cause = new Unreadable(unreadable.reason, value !== undefined)
    throw new Fault('unreachable', { host: this.#host, ...unreadable }, { cause })
  }

  /** The same; undefined where the plane has no such call, or something else answers there. */
  async callIfThere<T>(call: Call, schema: z.ZodType<T>, signal: AbortSignal): Promise<T | undefined> {
    try {
      return await this.call(call, schema, signal)
    } catch (error) {
      if (isNoSuchCall(error)) return undefined
      throw error
    }
  }

  /** The plane has safety modes: it is in none but the lowest until somebody raises it. */
  hasModes(): void {
    this.#raised ??= READ_ONLY
  }

  /** Find out whether it has them, by asking for a session. */
  async findModes(signal: AbortSignal): Promise<void> {
    const session = await this.callIfThere({ path: '/api/safety/session' }, safetySessionShape, signal)
    if (session !== undefined) this.#take(session)
  }

  safety(): PlaneSafety {
    if (this.#raised === null) return { mode: null, until: null }
    const { mode, until } = this.#raised
    if (until === null) return { mode, until: null }
    const isOver = until <= this.#now().getTime()
    return isOver ? { mode: 'read-only', until: null } : { mode, until: new Date(until).toISOString() }
  }

  /** A session that the plane has forgotten is made anew. */
  async raise(mode: 'write' | 'danger', signal: AbortSignal): Promise<PlaneSafety> {
    if (this.#raised === null) return this.safety()
    this.#take(await this.call({ path: '/api/safety/session' }, safetySessionShape, signal))
    this.#take(await this.call({ path: '/api/safety/raise', body: { mode } }, safetySessionShape, signal))
    return this.safety()
  }

  async lower(signal: AbortSignal): Promise<PlaneSafety> {
    if (this.#session === null) return this.safety()
    this.#take(await this.call({ path: '/api/safety/lower' }, safetySessionShape, signal))
    return this.safety()
  }

  #take({ id, mode, raise_expires_at: until }: z.infer<typeof safetySessionShape>): void {
    this.#session = id
    this.#raised = { mode, until: until === null ? null : Date.parse(until) }
  }
}

/** Also where a page answers for all that is not known, with a status of success. */
export function isNoSuchCall(error: unknown): boolean {
  if (!(error instanceof Fault)) return false
  if (error.cause instanceof Refusal) return error.cause.isNoSuchCall
  return error.cause instanceof Unreadable && !error.cause.isJson
}
