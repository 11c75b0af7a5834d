import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cheapenKey } from './cheap-key.ts'
import { repositoryAt, runRestic } from './restic.ts'
import { findTool } from './tools.ts'

const PLACE = 'RESTORE_CONSOLE_TEMPLATE_REPOSITORY'
export const TEMPLATE_PASSWORD = 'correct horse'

/**
 * Vitest's global set-up: one empty repository that tests copy rather than initialise their own, which would cost each of
 * them two seconds of key derivation. Without restic there is none, and the tests that need restic say so themselves.
 */
export async function setup(): Promise<void> {
  if (findTool('restic') === undefined) return
  const directory = await mkdtemp(join(tmpdir(), 'restore-console-template-'))
  const template = repositoryAt(directory, { url: join(directory, 'repository'), password: TEMPLATE_PASSWORD })
  await runRestic(template, ['init'])
  await cheapenKey(template.access.url, TEMPLATE_PASSWORD)
  process.env[PLACE] = template.access.url
}

export async function teardown(): Promise<void> {
  const template = process.env[PLACE]
  if (template !== undefined) await rm(dirname(template), { recursive: true, force: true })
}

/** Copy the template to a folder that is not there yet; false where there is no template. */
export async function copyTemplate(directory: string): Promise<boolean> {
  const template = process.env[PLACE]
  if (template === undefined) return false
  await cp(template, directory, { recursive: true, mode: 0 })
  return true
}
