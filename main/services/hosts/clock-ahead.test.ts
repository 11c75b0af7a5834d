import { expect, test } from 'vitest'
import type { Link } from '../../../contract/shapes/host.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { consoleOverDouble } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

const HOUR = 3_600_000

async function linkTo(double: AgentDouble): Promise<Link> {
  await using directory = temporaryDirectory()
  await using world = await consoleOverDouble(double, directory.path)
  for await (const { hosts } of await world.client.hosts.watch(undefined)) {
    const link = hosts.find(({ id }) => id === world.hostId)?.link
    if (link?.state === 'connected') return link
  }
  throw new Error('it was never connected')
}

test('it is known by how much the clock of a host is ahead, where its agent tells', async () => {
  const double = new AgentDouble()
  double.clock = new Date(Date.now() + HOUR)
  // In minutes: the console is a while on its way there.
  expect((await linkTo(double)).clockAhead ?? 0).toBeCloseTo(HOUR, -6)
  expect(await linkTo(new AgentDouble())).not.toHaveProperty('clockAhead')
})
