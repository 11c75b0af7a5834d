import { z } from 'zod'
import { STEPS } from '../consumer/attempt/attempt.ts'
import { systemClock } from '../consumer/clock.ts'
import { composeConsumer, type Settings } from '../consumer/compose.ts'

/** A consumer that kills itself, as a machine that loses its power would, at the moment when a step begins. */
const { settings, step } = z
  .object({ settings: z.custom<Settings>(), step: z.enum(STEPS) })
  .parse(JSON.parse(process.argv[2] ?? ''))

const composed = await composeConsumer(settings, {
  clock: systemClock,
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  random: Math.random,
  sqliteChecker: new URL('../consumer/prove/check-sqlite.ts', import.meta.url),
  onStep: async (at) => {
    if (at !== step) return
    process.kill(process.pid, 'SIGKILL')
    await new Promise(() => undefined)
  },
})
const stop = new AbortController()
await composed.consumer.recover(stop.signal)
await composed.consumer.run(stop.signal)
