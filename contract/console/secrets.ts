import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { administer, read } from '../procedure.ts'
import { whySchema } from '../reasons.ts'

/**
 * Where the console keeps its own secrets. `keychain`: the operating system's. `file`: a file encrypted with a
 * passphrase, for a machine without a keychain; `absent` until a passphrase was chosen, `locked` until it was given.
 */
export const secretStoreStatusSchema = z.object({
  store: z.enum(['keychain', 'file']),
  state: z.enum(['ready', 'locked', 'absent']),
  /** Why the keychain is not used; empty when it is. */
  reason: z.string(),
  why: whySchema,
})
export type SecretStoreStatus = z.infer<typeof secretStoreStatusSchema>

const passphrase = z.object({ passphrase: z.string().min(1).max(4096) })

export const secrets = {
  status: read.output(secretStoreStatusSchema),
  watch: read.output(eventIterator(secretStoreStatusSchema)),
  /** Make the encrypted file. Throws `conflict` (`secrets_exist`), `invalid_input` for a passphrase under 12 characters. */
  create: administer.input(passphrase).output(secretStoreStatusSchema),
  /** Open the encrypted file. Throws `wrong_password`. */
  unlock: administer.input(passphrase).output(secretStoreStatusSchema),
} as const
