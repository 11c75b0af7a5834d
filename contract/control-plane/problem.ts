import { z } from 'zod'
import { type Reason, whySchema } from '../reasons.ts'
import { type Issue, issueSchema } from '../refusals.ts'

/** What a control plane refuses with: the last part of a problem's `type`, and the HTTP status that goes with it. */
export const problemStatuses = {
  'bad-request': 400,
  'version-parse': 400,
  'auth-invalid-certificate': 400,
  'auth-missing-header': 401,
  'auth-missing-certificate': 401,
  'auth-certificate-not-found': 401,
  'auth-failed': 401,
  'auth-insufficient-permissions': 403,
  'safety-mode-too-low': 403,
  'resource-not-found': 404,
  conflict: 409,
  'rate-limited': 429,
  database: 500,
  other: 500,
  upstream: 502,
  'backup-rotation-in-progress': 503,
} as const
export type ProblemSlug = keyof typeof problemStatuses

const PREFIX = '/errors/'
export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** RFC 7807. `title` is the sentence to show, `type` what to match on, `detail` text for a log. */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int().optional(),
  detail: z.string().nullish(),
  /** Ours: which conflict it is, and with what. */
  conflict: z.enum(['name-taken', 'changed']).optional().catch(undefined),
  existing_id: z.string().optional().catch(undefined),
  /** Ours: what of the body is refused, by codes; each `message` of it is in English, as `title` is. */
  issues: z.array(issueSchema).min(1).optional().catch(undefined),
  /** Ours: the code of the title. */
  why: whySchema,
})
export type Problem = z.infer<typeof problemSchema>

export type ProblemMembers = Pick<Problem, 'conflict' | 'existing_id' | 'issues' | 'why'>
interface ProblemOptions extends ErrorOptions {
  readonly members?: ProblemMembers
}

/** The refusal of a control plane, thrown by its handlers. */
export class PlaneProblem extends Error {
  override readonly name = 'PlaneProblem'
  readonly slug: ProblemSlug
  readonly members: ProblemMembers

  /** `title`: the sentence for whoever asked, with the specifics. */
  constructor(slug: ProblemSlug, title: string, { members = {}, ...options }: ProblemOptions = {}) {
    super(title, options)
    this.slug = slug
    this.members = members
  }

  get status(): number {
    return problemStatuses[this.slug]
  }
}

/** The refusal of what an operator entered. */
export function badRequest(issues: Issue | Issue[], options: ErrorOptions = {}): PlaneProblem {
  const members = { issues: [issues].flat() }
  const title = members.issues.map(({ message }) => message).join(' ')
  return new PlaneProblem('bad-request', title, { members, ...options })
}

/** That something is in the way. */
export function inTheWay({ reason, why }: Reason): PlaneProblem {
  return new PlaneProblem('conflict', reason, { members: { why } })
}

/** The body that goes out for a refusal. */
export function writeProblem({ slug, status, message, members }: PlaneProblem): Problem {
  return { type: `${PREFIX}${slug}`, title: message, status, detail: `${slug}: ${message}`, ...members }
}

/** The slug of a problem; undefined where it is none that a plane is known to have. */
export function slugOf({ type }: Problem): string | undefined {
  return type.startsWith(PREFIX) ? type.slice(PREFIX.length) : undefined
}
