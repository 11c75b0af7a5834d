import type { Port } from '../../../contract/wire/port.ts'
import type { Log } from '../log.ts'
import { ownKey, type SecretsService } from '../secrets/index.ts'
import type { HostsService } from './hosts-service.ts'

interface Deps {
  readonly hosts: HostsService
  readonly secrets: SecretsService
  readonly log: Log
  /** Start this computer's agent with the key of its secrets file (base64), and open a port to it. */
  readonly dialLocal: (secretsKey: string, signal: AbortSignal) => Promise<Port>
}

export interface ThisComputer {
  /** Identifies this data directory; the host's id and part of its key's name. */
  readonly id: string
  readonly name: string
  readonly addedAt: string
}

/** Take this computer up as a host, and reach its agent as soon as the secret store can give the agent's key. */
export async function openThisComputer(computer: ThisComputer, deps: Deps, signal: AbortSignal): Promise<void> {
  const { hosts, secrets, log, dialLocal } = deps
  const link = hosts.add({ ...computer, local: true }, async (ended) => {
    const key = await ownKey(await secrets.open(), `agent-secrets-key:${computer.id}`)
    return dialLocal(key, ended)
  })
  try {
    for await (const { store, state } of secrets.watch(signal)) {
      if (state === 'ready') return link.start()
      if (store === 'keychain') link.hold('The keychain that holds the key of this agent cannot be opened.')
      else link.hold(state === 'absent' ? 'Waiting for a passphrase to be chosen.' : 'Waiting for the passphrase.')
    }
  } catch (error) {
    if (signal.aborted) return
    log.error('the secret store failed', { reason: String(error) })
    link.hold('The secret store failed; the log says why.')
  }
}
