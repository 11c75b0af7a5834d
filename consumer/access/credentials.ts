import type { IssuedCredentials } from '../../contract/control-plane/consumer.ts'
import type { Clock } from '../clock.ts'

/** Milliseconds before their end at which credentials are asked for again. */
const MARGIN = 120_000

/**
 * Credentials that are always good: asked for again two minutes before they end, once, whoever waits for them meanwhile. While the old
 * ones are good a plane that does not answer is no failure.
 */
export function refreshed(
  ask: () => Promise<IssuedCredentials>,
  clock: Pick<Clock, 'now'>,
): () => Promise<IssuedCredentials> {
  let held: IssuedCredentials | undefined
  let asking: Promise<IssuedCredentials> | undefined
  const endOf = ({ credentials }: IssuedCredentials): number => Date.parse(credentials.Expiration)
  const renew = async (): Promise<IssuedCredentials> => {
    try {
      held = await ask()
      return held
    } catch (error) {
      if (held !== undefined && clock.now().getTime() < endOf(held)) return held
      throw error
    } finally {
      asking = undefined
    }
  }
  return async () => {
    if (held !== undefined && clock.now().getTime() < endOf(held) - MARGIN) return held
    asking ??= renew()
    return await asking
  }
}
