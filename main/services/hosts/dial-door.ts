import type { Door } from '../../../contract/shapes/host.ts'
import type { LinkTimes } from '../../../contract/shapes/link-times.ts'
import { ownKey, type SecretsService } from '../secrets/index.ts'
import type { AgentPort, Doors, Identity } from './doors.ts'

/** Opens a port to the agent behind a door. Rejects with a `LinkFailure`, or with `forbidden` while the secrets are not open. */
export type DialDoor = (door: Door, signal: AbortSignal) => Promise<AgentPort>

interface Deps {
  readonly doors: Doors
  readonly identity: () => Promise<Identity>
  readonly secrets: Pick<SecretsService, 'open'>
  /** Identifies this data directory; part of the name of its agent's key. */
  readonly installation: string
  /** Start this computer's agent with the key of its secrets file (base64), and open a port to it. */
  readonly dialLocal: (secretsKey: string, signal: AbortSignal) => Promise<AgentPort>
  readonly times: () => LinkTimes
}

export function dialDoor({ doors, identity, secrets, installation, dialLocal, times }: Deps): DialDoor {
  return async (door, signal) => {
    switch (door.kind) {
      case 'local': {
        const key = await ownKey(await secrets.open(), `agent-secrets-key:${installation}`)
        return dialLocal(key, signal)
      }
      case 'tls':
        return doors.dialTls(door, await identity(), signal, times())
      case 'ssh':
        return doors.dialSsh(door.destination, times())
    }
  }
}
