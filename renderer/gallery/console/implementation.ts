import { implement } from '@orpc/server'
import { consoleContract } from '../../../contract/console/index.ts'
import { Fault } from '../../../contract/errors.ts'
import type { World } from './world.ts'

export type Implementation = ReturnType<typeof implementation>

/** Every call is noted, and answered otherwise than usual where the world says so. */
export function implementation(world: World) {
  return implement(consoleContract).use(async ({ path, next }, input) => {
    world.calls.push({ path: path.join('.'), input })
    const answer = world.answers.get(path.join('.'))
    if (answer === 'never') await new Promise(() => undefined)
    if (answer instanceof Fault) throw answer
    return next()
  })
}
