import { Fault } from '../../contract/errors.ts'
import { writeEnrolment } from '../../contract/shapes/enrolment.ts'
import { fill, press, sees } from './act.ts'
import { pinOf } from './console/fleet.ts'
import { busyWorld, crowdedWorld, emptyWorld } from './console/index.ts'
import type { Scene } from './scenes.ts'

const line = writeEnrolment({
  address: 'db-07.clinic.example:7420',
  pin: pinOf('db-07'),
  code: 'Zm9vYmFyYmF6cXV4Zm9vYg',
  workspace: 'Northern clinics',
  role: 'operator',
})

async function enrol(text: string): Promise<void> {
  await press('Enrol a host…')
  await fill('Line', text)
}

const enrolling = (what: string, detail = 'db-07.clinic.example:7420'): Omit<Scene, 'id'> => ({
  path: '/',
  world: () => busyWorld({ answers: new Map([['hosts.enrol', new Fault('conflict', { what, detail })]]) }),
  act: async () => {
    await enrol(line)
    await press('Enrol')
    await sees('Enrol')
  },
})

/** The fleet, enrolling, and what is done with one host. */
export const HOST_SCENES: readonly Scene[] = [
  { id: 'fleet-thousand', path: '/', world: () => crowdedWorld() },
  {
    id: 'fleet-away',
    path: '/',
    world: () => crowdedWorld(),
    act: () => fill('Filter hosts', 'state:away label:db'),
  },
  { id: 'enrol-empty', path: '/', world: () => busyWorld(), act: () => press('Enrol a host…') },
  {
    id: 'enrol-install',
    path: '/',
    world: () => emptyWorld(),
    act: async () => {
      await press('Enrol a host…')
      await press('Where does that line come from?')
    },
  },
  { id: 'enrol-line', path: '/', world: () => busyWorld(), act: () => enrol(line) },
  { id: 'enrol-cut-off', path: '/', world: () => busyWorld(), act: () => enrol(line.slice(0, 90)) },
  { id: 'enrol-other-key', ...enrolling('other_key') },
  { id: 'enrol-used', ...enrolling('code_used') },
  {
    id: 'enrol-ssh',
    path: '/',
    world: () => busyWorld(),
    act: async () => {
      await press('Enrol a host…')
      await press('Through ssh')
      await fill('Destination', 'root@web-03.clinic.example')
    },
  },
]
