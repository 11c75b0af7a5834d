import type { Log } from '../log.ts'
import type { SecretsService } from '../secrets/index.ts'
import type { HostsService } from './hosts-service.ts'

interface Deps {
  readonly hosts: HostsService
  readonly secrets: SecretsService
  readonly log: Log
}

/** Reach the agents as soon as the secret store can give the keys by which they are reached; until then, say why not. */
export async function openHosts({ hosts, secrets, log }: Deps, signal: AbortSignal): Promise<void> {
  try {
    for await (const { store, state } of secrets.watch(signal)) {
      if (state === 'ready') return hosts.start()
      if (store === 'keychain') hosts.hold('The keychain that holds the key of this agent cannot be opened.')
      else hosts.hold(state === 'absent' ? 'Waiting for a passphrase to be chosen.' : 'Waiting for the passphrase.')
    }
  } catch (error) {
    if (signal.aborted) return
    log.error('the secret store failed', { reason: String(error) })
    hosts.hold('The secret store failed; the log says why.')
  }
}
