import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { administer, read, write } from '../procedure.ts'
import { hostLabelSchema, hostViewSchema, sshDestinationSchema } from '../shapes/host.ts'
import { linkTimesSchema } from '../shapes/link-times.ts'
import { onHost } from './on-host.ts'

const name = z.string().trim().max(100)

export const hosts = {
  list: read.output(z.array(hostViewSchema)),
  get: read.input(z.object(onHost)).output(hostViewSchema),
  /** Every host as it is now, in one event; then the hosts of which something has changed, and those that are gone. */
  watch: read.output(eventIterator(z.object({ hosts: z.array(hostViewSchema), gone: z.array(z.string()) }))),
  /**
   * Trust the agent that the line names, be trusted by it, and connect. Audited before the code is given. An empty name is
   * the host's own. A host whose key is known is enrolled anew: its role may be another, and its address. Throws
   * `invalid_input` for a line that is none, `unreachable`, `version_mismatch`, `forbidden` (`passphrase`), `conflict`:
   * `other_key` (nothing was sent to it), `code_unknown`, `code_used`, `code_expired`, `code_workspace`,
   * `too_many_tries`, `host_exists` (it is reached through ssh).
   */
  enrol: administer.input(z.object({ line: z.string().max(2000), name })).output(hostViewSchema),
  /** Reach a host's agent through `ssh`, as this computer's user would. Throws `tool_missing`, `unreachable`, `conflict` (`host_exists`). */
  addThroughSsh: administer.input(z.object({ destination: sshDestinationSchema, name })).output(hostViewSchema),
  /** Fields that are null stay as they are. */
  change: write
    .input(
      z.object({
        ...onHost,
        name: name.min(1).nullable(),
        labels: z.array(hostLabelSchema).max(20).nullable(),
        pinned: z.boolean().nullable(),
      }),
    )
    .output(hostViewSchema),
  /** Try to connect now, not when the pause is over. */
  reach: read.input(z.object(onHost)).output(z.object({})),
  /** Forget a host, its name typed; its agent is not touched and still knows this console. Throws `conflict` (`wrong_host_name`), `forbidden` for this computer. */
  remove: administer.input(z.object({ ...onHost, typed: z.string() })).output(z.object({})),
  /** How long this console waits for agents, whatever the host. */
  linkTimes: read.output(linkTimesSchema),
  /** Holds for new connections, and for silences from now on. Audited. */
  changeLinkTimes: write.input(linkTimesSchema).output(linkTimesSchema),
} as const
