import { z } from 'zod'

/** The languages that people are spoken to in, by their tag. */
export const languageSchema = z.enum(['en', 'de'])
export type Language = z.infer<typeof languageSchema>
