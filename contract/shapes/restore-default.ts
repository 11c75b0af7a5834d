import { z } from 'zod'
import { REFUSALS } from '../refusals.ts'
import { conflictModeSchema } from './restore.ts'

/** A folder of a host that somebody typed: absolute, and not the root itself. */
const folderSchema = z
  .string()
  .max(4096)
  .regex(/^\/(?!\/*$)/, REFUSALS.target_folder)

/**
 * How a restore is meant until somebody says otherwise. Never in place: over original files nothing is written because
 * of a setting.
 */
export const restoreDefaultSchema = z.object({
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('staging') }),
    z.object({ kind: z.literal('path'), path: folderSchema }),
  ]),
  /** Of no effect where the target is fresh. */
  conflicts: conflictModeSchema,
  readBack: z.boolean(),
})
export type RestoreDefault = z.infer<typeof restoreDefaultSchema>

export const USUAL_RESTORE_DEFAULT: RestoreDefault = {
  target: { kind: 'staging' },
  conflicts: 'always',
  readBack: true,
}

/** What holds in a workspace: for all of its hosts, and for those that have their own. */
export const restoreDefaultsSchema = z.object({
  everywhere: restoreDefaultSchema,
  hosts: z.array(z.object({ hostId: z.string(), chosen: restoreDefaultSchema })),
})
export type RestoreDefaults = z.infer<typeof restoreDefaultsSchema>

/** What holds on one host. */
export function restoreDefaultOn(hostId: string, { everywhere, hosts }: RestoreDefaults): RestoreDefault {
  return hosts.find((own) => own.hostId === hostId)?.chosen ?? everywhere
}
