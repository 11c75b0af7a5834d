import { reasonOf } from '../../../contract/reasons.ts'
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
      if (store === 'keychain') hosts.hold(reasonOf('keychain_closed'))
      else hosts.hold(reasonOf(state === 'absent' ? 'secrets_unchosen' : 'secrets_awaited'))
    }
  } catch (error) {
    if (signal.aborted) return
    log.error('the secret store failed', { reason: String(error) })
    hosts.hold(reasonOf('secrets_failed'))
  }
}
