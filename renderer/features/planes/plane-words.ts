import type { Plane, PlaneDialect, PlaneFeature, PlaneSafety } from '../../../contract/shapes/plane.ts'
import { describeFault, type Description } from '../../client/describe-fault.ts'
import { formatRelative } from '../../components/format.ts'
import type { StateName } from '../../components/StateBadge.tsx'

export type Mode = 'write' | 'danger'

/** A plane's state: a colour and a word. */
export function planeState({ connection }: Plane): { readonly state: StateName; readonly word: string } {
  switch (connection.state) {
    case 'off':
      return { state: 'unknown', word: 'off' }
    case 'connecting':
      return { state: 'queued', word: 'connecting' }
    case 'connected':
      return { state: 'succeeded', word: 'connected' }
    case 'failed':
      return { state: 'failed', word: 'cannot be reached' }
  }
}

const DIALECTS: Readonly<Record<PlaneDialect, string>> = {
  first: 'Canopy of the first generation: intents are names, and machines are servers',
  descriptors: 'Canopy',
  ours: 'Restore Console’s own',
}

export function dialectWords(dialect: PlaneDialect): string {
  return DIALECTS[dialect]
}

const LACKS: readonly (readonly [PlaneFeature, string])[] = [
  ['standings', 'how each machine stands, beyond what its reports show'],
  ['preview', 'what a declaration would come to'],
  ['worklists', 'what a consumer would be sent'],
  ['issuances', 'who was given access'],
  ['history', 'more than the last 50 reports of a group'],
]

/** What a connected plane cannot tell, in a sentence; null where it tells all. */
export function lacksWords({ connection }: Plane): string | null {
  if (connection.state !== 'connected') return null
  const missing = LACKS.flatMap(([feature, words]) => (connection.features.includes(feature) ? [] : [words]))
  return missing.length === 0 ? null : `It does not tell: ${missing.join('; ')}.`
}

/** Whether a plane answers and has this beside what all have. */
export function hasFeature(plane: Plane | undefined, feature: PlaneFeature): boolean {
  return plane?.connection.state === 'connected' && plane.connection.features.includes(feature)
}

export function safetyOf(plane: Plane | undefined): PlaneSafety | null {
  return plane?.connection.state === 'connected' && plane.connection.safety.mode !== null
    ? plane.connection.safety
    : null
}

const LADDER = ['read-only', 'write', 'danger'] as const

/** Why something that takes this mode cannot be done at a plane now, in a sentence; null where it can. */
export function obstacleAt(plane: Plane | undefined, needs: Mode | null, now: Date): string | null {
  if (plane === undefined) return 'Its control plane is not known any more.'
  const { connection, name } = plane
  if (connection.state === 'off') return `${name} is switched off.`
  if (connection.state === 'connecting') return `${name} is being connected.`
  if (connection.state === 'failed')
    return `${name} cannot be reached. It last answered before ${formatRelative(new Date(connection.since), now)}.`
  const { mode } = connection.safety
  if (needs === null || mode === null || LADDER.indexOf(mode) >= LADDER.indexOf(needs)) return null
  return `It needs ${needs} mode, and ${name} is in ${mode} mode. Raise it first.`
}

/** How long a raised mode lasts still: `9 min left`; null where it does not fall back by itself. */
export function leftWords({ until }: PlaneSafety, now: Date): string | null {
  if (until === null) return null
  const minutes = Math.ceil((Date.parse(until) - now.getTime()) / 60_000)
  return minutes <= 0 ? 'about to fall back' : `${minutes} min left`
}

/** The sentences for a plane that failed: `unauthenticated` and the like say something else there than on a host. */
export function describePlaneFailure(plane: Plane): Description | null {
  if (plane.connection.state !== 'failed') return null
  const { fault } = plane.connection
  if (fault.code === 'unauthenticated')
    return {
      title: `${plane.name} does not let this console in`,
      explanation: plane.hasToken ? 'It refused the token.' : 'It asks for a login, and no token was given.',
      nextStep: 'Give it a token that it knows; a Canopy on a tailnet asks that this computer is on it.',
    }
  if (fault.code === 'version_mismatch')
    return {
      title: `${plane.name} speaks a version that this console does not know`,
      explanation: `This console speaks ${fault.data.ours}, it speaks ${fault.data.theirs}.`,
      nextStep: 'Update the older of the two.',
    }
  return describeFault(fault)
}

/** Planes that are switched on. */
export function planesInUse(planes: readonly Plane[]): readonly Plane[] {
  return planes.filter(({ connection }) => connection.state !== 'off')
}
