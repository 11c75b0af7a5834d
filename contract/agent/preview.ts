import { reveal } from '../procedure.ts'
import { previewInputSchema, previewSchema } from '../shapes/preview.ts'

export const preview = {
  /**
   * The beginning of a file, written down in the audit before it is read. Throws `not_found` (`snapshot`, `file`),
   * `invalid_input` for what is no file, and what `repository.test` throws.
   */
  read: reveal.input(previewInputSchema).output(previewSchema),
} as const
