import { t } from '@lingui/core/macro'
import type { Plane, PlaneDialect, PlaneFeature, PlaneSafety } from '../../../contract/shapes/plane.ts'
import { type Description, describeFault } from '../../client/describe-fault.ts'
import { formatRelative } from '../../components/format.ts'
import type { StateName } from '../../components/StateBadge.tsx'

export type Mode = 'write' | 'danger'

/** A plane's state: a colour and a word. */
export function planeState({ connection }: Plane): { readonly state: StateName; readonly word: string } {
  switch (connection.state) {
    case 'off':
      return { state: 'unknown', word: t`off` }
    case 'connecting':
      return { state: 'queued', word: t`connecting` }
    case 'connected':
      return { state: 'succeeded', word: t`connected` }
    case 'failed':
      return { state: 'failed', word: t`cannot be reached` }
  }
}

const DIALECTS: Readonly<Record<PlaneDialect, string>> = {
  first: t`Canopy of the first generation: intents are names, and machines are servers`,
  descriptors: t`Canopy`,
  ours: t`Restore Console’s own`,
}

export function dialectWords(dialect: PlaneDialect): string {
  return DIALECTS[dialect]
}

const LACKS: readonly (readonly [PlaneFeature, string])[] = [
  ['standings', t`how each machine stands, beyond what its reports show`],
  ['preview', t`what a declaration would come to`],
  ['worklists', t`what a consumer would be sent`],
  ['issuances', t`who was given access`],
  ['history', t`more than the last 50 reports of a group`],
]

/** What a connected plane cannot tell, in a sentence; null where it tells all. */
export function lacksWords({ connection }: Pick<Plane, 'connection'>): string | null {
  if (connection.state !== 'connected') return null
  const missing = LACKS.flatMap(([feature, words]) => (connection.features.includes(feature) ? [] : [words]))
  const what = missing.join('; ')
  return what === '' ? null : t`It does not tell: ${what}.`
}

/** Whether a plane answers and has this beside what all have. */
export function hasFeature(plane: Plane | undefined, feature: PlaneFeature): boolean {
  return plane?.connection.state === 'connected' && plane.connection.features.includes(feature)
}

/** What a safety mode is called. */
export const MODES: Readonly<Record<NonNullable<PlaneSafety['mode']>, string>> = {
  'read-only': t`read-only`,
  write: t`write`,
  danger: t`danger`,
}

export function safetyOf(plane: Plane | undefined): PlaneSafety | null {
  return plane?.connection.state === 'connected' && plane.connection.safety.mode !== null
    ? plane.connection.safety
    : null
}

const LADDER = ['read-only', 'write', 'danger'] as const

/** Why something that takes this mode cannot be done at a plane now, in a sentence; null where it can. */
export function obstacleAt(plane: Plane | undefined, needs: Mode | null, now: Date): string | null {
  if (plane === undefined) return t`Its control plane is no longer known.`
  const { connection, name } = plane
  if (connection.state === 'off') return t`${name} is switched off.`
  if (connection.state === 'connecting') return t`${name} is being connected.`
  if (connection.state === 'failed') {
    const since = formatRelative(new Date(connection.since), now)
    return t`${name} cannot be reached. It last answered before ${since}.`
  }
  const { mode } = connection.safety
  if (needs === null || mode === null || LADDER.indexOf(mode) >= LADDER.indexOf(needs)) return null
  const [wanted, current] = [MODES[needs], MODES[mode]]
  return t`It needs ${wanted} mode, and ${name} is in ${current} mode. Raise it first.`
}

/** How long a raised mode lasts still: `9 min left`; null where it does not fall back by itself. */
export function leftWords({ until }: PlaneSafety, now: Date): string | null {
  if (until === null) return null
  const minutes = Math.ceil((Date.parse(until) - now.getTime()) / 60_000)
  return minutes <= 0 ? t`about to fall back` : t`${minutes} min left`
}

export interface AskedPlane extends Pick<Plane, 'connection' | 'hasToken'> {
  /** Null where it has none yet. */
  readonly name: string | null
}

/** The sentences for a plane that failed: `unauthenticated` and the like say something else there than on a host. */
export function describePlaneFailure({ connection, hasToken, name }: AskedPlane): Description | null {
  if (connection.state !== 'failed') return null
  const { fault } = connection
  if (fault.code === 'unauthenticated')
    return {
      title: name === null ? t`It does not let this console in` : t`${name} does not let this console in`,
      explanation: hasToken ? t`It refused the token.` : t`It asks for a login, and no token was given.`,
      nextStep: t`Give it a token that it knows. A Canopy on a tailnet needs this computer on that tailnet.`,
    }
  if (fault.code === 'version_mismatch') {
    const { ours, theirs } = fault.data
    return {
      title:
        name === null
          ? t`It speaks a version that this console does not know`
          : t`${name} speaks a version that this console does not know`,
      explanation: t`This console speaks ${ours}, it speaks ${theirs}.`,
      nextStep: t`Update the older of the two.`,
    }
  }
  return describeFault(fault)
}

/** Planes that are switched on. */
export function planesInUse(planes: readonly Plane[]): readonly Plane[] {
  return planes.filter(({ connection }) => connection.state !== 'off')
}
