import { t } from '@lingui/core/macro'
import type { LinkedPlace, LinkKind } from '../../../contract/shapes/notice.ts'

/** The address of what a link from elsewhere leads to. */
export function pathOfPlace(place: LinkedPlace): string {
  switch (place.kind) {
    case 'run':
      return path('hosts', place.hostId, 'runs', place.runId)
    case 'host':
      return path('hosts', place.hostId)
    case 'snapshot':
      return path('hosts', place.hostId, 'repositories', place.repositoryId, 'snapshots', place.snapshotId)
    case 'replica':
      return path('replicas', place.planeId, place.replicaId)
    case 'replicas':
      return path('replicas')
  }
}

/** What is said of a link that leads nowhere here. */
export function notKnownHere(what: LinkKind): { readonly title: string; readonly message: string } {
  return {
    title: t`The link names a ${what} that this console does not know`,
    message: `${ONCE[what]} ${t`Ask whoever gave you the link where it is.`}`,
  }
}

const ONCE: Readonly<Record<LinkKind, string>> = {
  run: t`It is shown once a host of this console has it.`,
  host: t`It is shown once it was added to this console.`,
  snapshot: t`It is shown once a host of this console that can be reached has it.`,
  replica: t`It is shown once a control plane of this console has it.`,
}

function path(...parts: readonly string[]): string {
  return `/${parts.map(encodeURIComponent).join('/')}`
}
