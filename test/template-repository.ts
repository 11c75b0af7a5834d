import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cheapenKey } from './cheap-key.ts'
import { repositoryAt, runRestic } from './restic.ts'
import { TEMPLATE_PASSWORD, TEMPLATE_PLACE } from './template-copy.ts'
import { findTool } from './tools.ts'

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
  process.env[TEMPLATE_PLACE] = template.access.url
}

export async function teardown(): Promise<void> {
  const template = process.env[TEMPLATE_PLACE]
  if (template !== undefined) await rm(dirname(template), { recursive: true, force: true })
}
