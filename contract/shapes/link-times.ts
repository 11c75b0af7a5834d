import { z } from 'zod'
import { REFUSALS } from '../refusals.ts'

/** Seconds for which a console may wait until an agent has let it in; so an agent must wait as long for it. */
export const LONGEST_REACH = 120

/** How long a console waits for the agents of its hosts, in seconds. */
export const linkTimesSchema = z
  .object({
    /** In which an agent must have been reached and have let the console in. */
    reachWithin: z.int().min(5).max(LONGEST_REACH),
    /** Silence after which an agent is asked whether it is there. */
    askAfter: z.int().min(2).max(60),
    /** Silence after which a host is taken to be away. */
    awayAfter: z.int().min(6).max(300),
  })
  .refine(({ askAfter, awayAfter }) => awayAfter >= askAfter * 2, {
    path: ['awayAfter'],
    message: REFUSALS.link_times,
  })
export type LinkTimes = z.infer<typeof linkTimesSchema>

/** An agent gives a sign of life every five seconds by itself: usually nobody has to ask. */
export const USUAL_LINK_TIMES: LinkTimes = { reachWithin: 10, askAfter: 6, awayAfter: 15 }

/** The header with which a console says how long it puts up with silence, so that the agent does not end the connection before. */
export const AWAY_AFTER_HEADER = 'restore-console-away-after'
