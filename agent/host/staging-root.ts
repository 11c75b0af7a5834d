import { join } from 'node:path'
import { isPrivileged } from './identity.ts'

/** Where restores go by default. Root restores below /var; anybody else below the agent's own data, where they may write. */
export function defaultStagingRoot(dataDirectory: string): string {
  return isPrivileged() ? '/var/restic-restore' : join(dataDirectory, 'restores')
}
