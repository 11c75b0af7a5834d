import { z } from 'zod'
import { REFUSALS } from '../refusals.ts'

/** Why a console cannot replace itself: it was opened for a browser, or runs from its sources. */
export const updateObstacleSchema = z.enum(['headless', 'not-packaged'])
export type UpdateObstacle = z.infer<typeof updateObstacleSchema>

/**
 * Why nothing came of it. `no-server`: nobody answers there; `not-trusted`: the server's certificate; `refused`: it wants
 * somebody to sign in; `no-list`: it answers, and has no list of versions for this platform; `not-a-list`: what it has is
 * none; `damaged`: what was fetched is not what the list says; `other`: the log says it.
 */
export const updateProblemSchema = z.enum([
  'no-server',
  'not-trusted',
  'refused',
  'no-list',
  'not-a-list',
  'damaged',
  'other',
])
export type UpdateProblem = z.infer<typeof updateProblemSchema>

const offer = { version: z.string(), notes: z.string() }

/** How far it is: `idle` while nobody has looked. */
export const updateStepSchema = z.discriminatedUnion('at', [
  z.object({ at: z.literal('idle') }),
  z.object({ at: z.literal('looking') }),
  z.object({ at: z.literal('newest') }),
  z.object({ at: z.literal('found'), ...offer }),
  /** `share` of 1; null where that is not known. */
  z.object({ at: z.literal('fetching'), ...offer, share: z.number().min(0).max(1).nullable() }),
  z.object({ at: z.literal('ready'), ...offer }),
  z.object({ at: z.literal('failed'), problem: updateProblemSchema }),
])
export type UpdateStep = z.infer<typeof updateStepSchema>

/** New versions of the console: where they come from, and how far the next one is. */
export const updateStateSchema = z.object({
  version: z.string(),
  /** Null where it can. */
  obstacle: updateObstacleSchema.nullable(),
  /** Null while updates are off. */
  feed: z.string().nullable(),
  /** The file that names the feed, where it is not understood; null where it is, or is not there. */
  misread: z.string().nullable(),
  lookedAt: z.iso.datetime().nullable(),
  step: updateStepSchema,
})
export type UpdateState = z.infer<typeof updateStateSchema>

/**
 * Where versions may come from: whoever runs that server can replace this console, so that it is known by its
 * certificate, or is this computer.
 */
export const feedSchema = z
  .string()
  .trim()
  .max(2000)
  .superRefine((address, { addIssue }) => {
    const problem = problemWithFeed(address)
    if (problem !== null) addIssue({ code: 'custom', message: FEED_PROBLEMS[problem] })
  })

/** Why an address can be no feed. */
export type FeedProblem = 'no-address' | 'not-trusted' | 'with-password' | 'with-query'

const FEED_PROBLEMS: Readonly<Record<FeedProblem, string>> = {
  'no-address': REFUSALS.not_an_address,
  'not-trusted': REFUSALS.feed_not_trusted,
  'with-password': REFUSALS.feed_with_password,
  'with-query': REFUSALS.feed_with_query,
}

/** Null where it may be one. */
export function problemWithFeed(address: string): FeedProblem | null {
  const [, scheme = '', authority = '', rest = ''] = /^([a-z]+):\/\/([^\s/?#]+)(\S*)$/i.exec(address) ?? []
  if (authority === '' || !z.url().safeParse(address).success) return 'no-address'
  const isHere = scheme.toLowerCase() === 'http' && /^(127\.0\.0\.1|\[::1\])(:\d+)?$/.test(authority)
  if (scheme.toLowerCase() !== 'https' && !isHere) return 'not-trusted'
  if (authority.includes('@')) return 'with-password'
  return /[?#]/.test(rest) ? 'with-query' : null
}
