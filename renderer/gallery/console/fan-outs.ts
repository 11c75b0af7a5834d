import { Fault, writeFault } from '../../../contract/errors.ts'
import type { FanOut, FanOutHost, FanOutHostState } from '../../../contract/shapes/fan-out.ts'
import { NO_COUNTS } from '../../../contract/shapes/run.ts'
import { uuidOf } from './ids.ts'
import { before } from './moments.ts'
import { NEWEST_SNAPSHOT } from './snapshots.ts'

export const FAN_OUT_GOING = uuidOf('fan-out going')
export const FAN_OUT_PARTIAL = uuidOf('fan-out partial')
const NAMES = ['db-01', 'db-02', 'web-01', 'web-02', 'web-03', 'files-01', 'mail-01', 'lab-01']

/** Two of them: one that goes on, and one that did not succeed everywhere. */
export function fanOutsOfEachKind(): FanOut[] {
  const common = {
    startedBy: 'maria@ops-laptop',
    request: {
      kind: 'new',
      repositoryId: 'db-01',
      sources: [{ snapshotId: NEWEST_SNAPSHOT, selection: { include: ['/etc/ssl', '/etc/nginx'], exclude: [] } }],
      layout: 'full-path',
      conflicts: 'always',
      deleteExtra: false,
      readBack: true,
    },
    atOnce: 2,
    stopAfter: 2,
    follows: null,
  } as const
  return [
    {
      ...common,
      id: FAN_OUT_PARTIAL,
      state: 'partial',
      startedAt: before({ days: 1, hours: 3 }),
      endedAt: before({ days: 1, hours: 2, minutes: 41 }),
      reason: 'The certificates were replaced on all of them',
      request: copyOf({ ...common.request, target: { kind: 'in-place' } }),
      hosts: hostsIn([
        'succeeded',
        'succeeded',
        'partial',
        'refused',
        'succeeded',
        'failed',
        'passed-over',
        'passed-over',
      ]),
    },
    {
      ...common,
      id: FAN_OUT_GOING,
      state: 'running',
      startedAt: before({ minutes: 4 }),
      endedAt: null,
      reason: '',
      request: copyOf({ ...common.request, target: { kind: 'staging' } }),
      hosts: hostsIn(['succeeded', 'running', 'running', 'waiting', 'waiting', 'waiting']),
    },
  ]
}

function copyOf(request: object): FanOut['request'] {
  return structuredClone(request) as FanOut['request']
}

function hostsIn(states: readonly FanOutHostState[]): FanOutHost[] {
  return states.map((state, at) => {
    const hostId = NAMES[at] ?? `host-${at}`
    const isAsked = state !== 'waiting' && state !== 'passed-over' && state !== 'refused'
    return {
      hostId,
      name: hostId,
      repositoryId: hostId,
      state,
      runId: isAsked ? `run-on-${hostId}` : null,
      counts: { ...NO_COUNTS, ...countsOf(state, at) },
      fault: faultOf(state),
    }
  })
}

function countsOf(state: FanOutHostState, at: number): Partial<FanOutHost['counts']> {
  if (state === 'succeeded') return { restored: 12 + at, updated: 41, unchanged: 230 }
  if (state === 'running') return { restored: 7, updated: 12 }
  if (state === 'partial') return { restored: 11, updated: 38, unchanged: 230, failed: 2, skipped: 1 }
  return state === 'failed' ? { failed: 53 } : {}
}

function faultOf(state: FanOutHostState): FanOutHost['fault'] {
  if (state === 'refused') return writeFault(new Fault('plan_drifted', { added: 2, changed: 1, removed: 0 }))
  return state === 'failed' ? writeFault(new Fault('no_space', { needed: 48_000_000, free: 12_000_000 })) : null
}
