import type { SafetyMode } from '../../../contract/control-plane/fleet.ts'
import { type ProblemMembers, problemSchema, slugOf } from '../../../contract/control-plane/problem.ts'
import { conflictFor, Fault } from '../../../contract/errors.ts'
import { type Reason, reasonOf } from '../../../contract/reasons.ts'
import type { Answer } from './exchange.ts'

/** That a plane did not do what it was asked for, in its own words, or in ours where it has none. The cause of the fault that is made of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  /** The last part of a problem's type; null where the body was none. */
  readonly slug: string | null
  /** Which conflict it is and with what, or what of the input is refused; where the plane is ours. */
  readonly members: ProblemMembers

  readonly reason: Reason

  constructor(status: number, slug: string | null, title: string | Reason, members: ProblemMembers = {}) {
    super(typeof title === 'string' ? title : title.reason)
    this.reason = typeof title === 'string' ? reasonOf('it_says', { said: title }) : title
    this.status = status
    this.slug = slug
    this.members = members
  }

  /** There is no such call: what answers is not the handler of one. */
  get isNoSuchCall(): boolean {
    return this.slug === null && [404, 405, 501].includes(this.status)
  }
}

/** What a body that is no success says: a problem's title, else the first line of a plain text, else the status. */
export function readRefusal({ status, text, location }: Answer): Refusal {
  const problem = problemSchema.safeParse(jsonOf(text))
  if (problem.success) {
    const { title, conflict, existing_id, issues, why } = problem.data
    return new Refusal(status, slugOf(problem.data) ?? null, title, { conflict, existing_id, issues, why })
  }
  if (status >= 300 && status < 400)
    return new Refusal(status, null, reasonOf('sent_elsewhere', { place: originOf(location) }))
  return new Refusal(status, null, plainSentence(text) ?? reasonOf('server_status', { status }))
}

export interface Asked {
  /** What operators call the plane. */
  readonly host: string
  /** The least safety mode that it takes. */
  readonly grade: SafetyMode
  /** What it was about; null where it names nothing. */
  readonly about: { readonly what: string; readonly id: string } | null
}

/** The fault of the console's closed set. The slug decides, and where there is none the status. */
export function faultOf(refusal: Refusal, { host, grade, about }: Asked): Fault {
  const { status, slug, message, reason } = refusal
  const options = { cause: refusal }
  if (slug === 'safety-mode-too-low') return new Fault('forbidden', { needs: `safety-mode: ${grade}` }, options)
  switch (status) {
    case 401:
      return new Fault('unauthenticated', { by: 'plane' }, options)
    case 403:
      return new Fault('forbidden', { needs: message }, options)
    case 404:
      return new Fault('not_found', about ?? { what: 'call of this control plane', id: message }, options)
    case 409:
      return conflictFor('plane_conflict', { reason: message, why: refusal.members.why }, options)
    case 400:
    case 412:
    case 413:
    case 415:
    case 422:
      return new Fault('invalid_input', { issues: refusal.members.issues ?? [{ path: [], message }] }, options)
    default:
      return new Fault('unreachable', { host, ...reason }, options)
  }
}

/** Undefined for what is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const LONGEST = 300

/** Null for what is no sentence: nothing, markup, or JSON that is no problem. */
function plainSentence(text: string): string | null {
  const [line = ''] = text.trim().split('\n')
  return line === '' || /^[<{["]/.test(line) ? null : line.slice(0, LONGEST)
}

/** Not the whole address: it may hold what is nobody's business. */
function originOf(location: string | null): string {
  const url = location === null ? null : URL.parse(location)
  return url === null ? '/…' : url.origin
}
