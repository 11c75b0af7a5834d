import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import {
  connectGroup,
  consume,
  type ControlPlane,
  declare,
  enrol,
  operate,
  startControlPlane,
} from '../test/control-plane.ts'
import { backUp, type MadeRepository, makeRepository, requireTool } from '../test/restic.ts'
import { TEMPLATE_PASSWORD } from '../test/template-copy.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'

/** Far less than the minute after which it looks by itself. */
const SOON = { timeout: 20_000 }
const standingsSchema = z.object({
  standings: z.array(z.object({ machine_id: z.string(), latest_snapshot_id: z.string().nullable() })),
})

async function standing(plane: ControlPlane) {
  const { body } = await operate(plane, '/api/restore_replicas/standings', {})
  return standingsSchema.parse(body).standings[0]
}

const latest = async (plane: ControlPlane) => (await standing(plane))?.latest_snapshot_id
/** Where nobody tells the plane of it. */
const backUpBehindIt = async ({ repository, source }: MadeRepository) =>
  (await backUp(repository, source, ['--force'])).snapshotId

requireTool('restic')('a control plane looks at a repository at once', () => {
  it('when a replica of it is declared, changed or switched on, and when a verification of it is reported', async () => {
    await using directory = temporaryDirectory()
    await using plane = await startControlPlane()
    const made = await makeRepository({ directory: join(directory.path, 'made'), files: { notes: 'kept' } })
    const access = { url: made.repository.access.url, repo_password: TEMPLATE_PASSWORD }
    const group = await connectGroup(plane, 'north', access)
    const consumer = await enrol(plane, 'maria')

    const beforeDeclared = await backUpBehindIt(made)
    const id = await declare(plane, { consumer, group })
    await expect.poll(() => latest(plane), SOON).toBe(beforeDeclared)

    const update = async (enabled: boolean) => {
      const about = { consumer_device_id: consumer.id, group_id: group, type: 'files', intent: 'verify' }
      const sent = { id, ...about, name: 'north-verify', enabled }
      expect((await operate(plane, '/api/restore_replicas/update', sent)).status).toBe(200)
    }
    await update(false)
    const beforeSwitched = await backUpBehindIt(made)
    await update(true)
    await expect.poll(() => latest(plane), SOON).toBe(beforeSwitched)

    const beforeReported = await backUpBehindIt(made)
    const body = {
      replica_id: id,
      group,
      machine_id: (await standing(plane))?.machine_id,
      type: 'files',
      intent: 'verify',
      outcome: 'success',
      replica_healthy: true,
      snapshot_id: beforeSwitched,
      observed_at: new Date().toISOString(),
    }
    expect((await consume(plane, consumer.identity, '/restore-verification', { body })).status).toBe(204)
    await expect.poll(() => latest(plane), SOON).toBe(beforeReported)
  })
})
