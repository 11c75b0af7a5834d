import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { UsageError } from '../../engine/command-line/command.ts'
import { type ListenAddress, readAddress } from '../../engine/identity/listen-address.ts'

/** The options of every command that speaks of a plane. */
export const WHICH_PLANE = { 'data-dir': { type: 'string' } } as const

export const WHICH_PLANE_HELP = `      --data-dir PATH        what the control plane keeps: /var/lib/restore-control-plane for root, else
                             restore-control-plane in $XDG_DATA_HOME or ~/.local/share
`

/** Files of the data directory that tell the other commands how to reach a plane that runs. */
export const TOKEN_FILE = 'operator.token'
export const ADDRESS_FILE = 'operator.url'
export const CERTIFICATE_FILE = 'certificate.pem'

export function dataDirectoryOf(given: string | undefined, workingDirectory: string): string {
  if (given !== undefined) return resolve(workingDirectory, given)
  if (process.getuid?.() === 0) return '/var/lib/restore-control-plane'
  return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local/share'), 'restore-control-plane')
}

/** Throws `UsageError`. */
export function addressOf(text: string, option: string): ListenAddress {
  const address = readAddress(text)
  if (address === undefined) throw new UsageError(`${option} takes HOST:PORT, as in 0.0.0.0:7430.`)
  return address
}
