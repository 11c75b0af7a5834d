import type { ContractRouterClient } from '@orpc/contract'
import { z } from 'zod'
import { administer, permissionSchema, read, roleSchema } from '../procedure.ts'
import { workspaceNameSchema } from '../shapes/enrolment.ts'
import { peerSchema } from '../shapes/peer.ts'

/**
 * What the administrator of a host may ask of its agent, and nobody over the network: it is served on the agent's own
 * socket alone, beside the agent's contract.
 */
export const administrationContract = {
  enrolment: {
    /**
     * Make a code that enrols one console. The first one settles the host's workspace; once a console is enrolled, another
     * throws `conflict` (`other_workspace`). Throws `conflict` (`not_listening`) where there is no address to reach it at.
     */
    create: administer
      .input(
        z.object({
          role: roleSchema,
          permissions: z.array(permissionSchema),
          workspace: workspaceNameSchema,
          /** How long it is good for. */
          seconds: z.number().int().min(10).max(86_400),
          /** `host:port` at which consoles reach this agent; null for the one it listens on. */
          address: z.string().nullable(),
        }),
      )
      .output(z.object({ line: z.string(), expiresAt: z.iso.datetime() })),
  },
  peers: {
    list: read.output(z.array(peerSchema)),
    /** Forget a peer and end its live connections at once; `peer` is its name or the beginning of its pin. Throws `not_found`, `conflict` (`several_peers`). */
    revoke: administer.input(z.object({ peer: z.string().min(1) })).output(peerSchema),
  },
} as const
export type AdministrationClient = ContractRouterClient<typeof administrationContract>
