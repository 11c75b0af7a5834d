import { expect, test } from 'vitest'
import { USUAL_LINK_TIMES } from '../../../contract/shapes/link-times.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { ManualClock } from '../../../test/manual-clock.ts'
import { Changes } from '../changes.ts'
import { AgentLink } from './agent-link.ts'

test('a link goes on when what follows from its changes fails, whoever has caused them', async () => {
  const double = new AgentDouble()
  const clock = new ManualClock()
  const warnings: unknown[] = []
  let isThere = false
  await using link = new AgentLink({
    dial: () => (isThere ? double.dial() : Promise.reject(new Error('nobody is there'))),
    clock,
    wakes: new Changes(),
    random: () => 1,
    times: () => USUAL_LINK_TIMES,
    heartbeat: false,
    lastSeenAt: null,
    attend: async () => undefined,
    changed: () => {
      throw new Error('the disk is full')
    },
    log: { warning: (_, fields) => warnings.push(fields?.['reason']) },
  })
  link.start()
  await clock.pass(0)
  expect(link.link.state).toBe('unreachable')
  isThere = true
  await clock.pass(250)
  expect(link.link.state).toBe('connected')
  double.cut('the line was cut')
  expect(link.link).toMatchObject({ state: 'unreachable', reason: 'The connection was closed: the line was cut' })
  await clock.pass(500)
  expect(link.link.state).toBe('connected')
  expect(warnings).toEqual(Array(4).fill('Error: the disk is full'))
})
