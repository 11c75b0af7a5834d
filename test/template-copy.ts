import { cp } from 'node:fs/promises'

/** The environment variable by which the global set-up tells the tests' processes where the template is. */
export const TEMPLATE_PLACE = 'RESTORE_CONSOLE_TEMPLATE_REPOSITORY'
export const TEMPLATE_PASSWORD = 'correct horse'

/** Copy the template to a folder that is not there yet; false where there is no template. */
export async function copyTemplate(directory: string): Promise<boolean> {
  const template = process.env[TEMPLATE_PLACE]
  if (template === undefined) return false
  await cp(template, directory, { recursive: true, mode: 0 })
  return true
}
