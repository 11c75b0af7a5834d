import type { Log } from '../log.ts'
import type { SecretsService } from '../secrets/index.ts'
import type { PlanesService } from './planes-service.ts'

interface Deps {
  readonly planes: PlanesService
  readonly secrets: Pick<SecretsService, 'opened'>
  readonly log: Log
}

/** Reach the planes as soon as the secret store can give what they are reached with. */
export async function openPlanes({ planes, secrets, log }: Deps, signal: AbortSignal): Promise<void> {
  try {
    await secrets.opened(signal)
    planes.start()
  } catch (error) {
    if (!signal.aborted) log.error('the control planes are not looked at', { reason: String(error) })
  }
}
