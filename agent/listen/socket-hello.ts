import { join } from 'node:path'
import { z } from 'zod'

/** Which contract is spoken after the first line. */
const socketContractSchema = z.enum(['agent', 'administration'])
export type SocketContract = z.infer<typeof socketContractSchema>

/** Characters. */
export const LONGEST_HELLO = 4096

/**
 * The first line on the agent's own socket. Loose: a newer command may say more to an older agent. Who it is is
 * believed, because the socket is the administrator's own; it is for the audit.
 */
const helloSchema = z.looseObject({
  /** The door that was come through, as the audit names it. */
  origin: z.string().min(1).max(200),
  /** `user@machine`. */
  peer: z.string().min(1).max(200),
  wants: socketContractSchema,
})
export type SocketHello = Pick<z.infer<typeof helloSchema>, 'origin' | 'peer' | 'wants'>

export function readHello(line: string): SocketHello | undefined {
  try {
    const { origin, peer, wants } = helloSchema.parse(JSON.parse(line))
    return { origin, peer, wants }
  } catch {
    return undefined
  }
}

/** Where the socket of the agent with this data is. */
export function socketPath(dataDirectory: string): string {
  return join(dataDirectory, 'agent.sock')
}
