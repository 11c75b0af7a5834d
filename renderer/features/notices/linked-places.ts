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
  switch (what) {
    case 'run':
      return {
        title: t`The link names a run that this console does not know`,
        message: t`It is shown once a host of this console has it. Ask whoever gave you the link where it is.`,
      }
    case 'host':
      return {
        title: t`The link names a host that this console does not know`,
        message: t`It is shown once it has been added to this console. Ask whoever gave you the link where it is.`,
      }
    case 'snapshot':
      return {
        title: t`The link names a snapshot that this console does not know`,
        message: t`It is shown once a host of this console that can be reached has it. Ask whoever gave you the link where it is.`,
      }
    case 'replica':
      return {
        title: t`The link names a replica that this console does not know`,
        message: t`It is shown once a control plane of this console has it. Ask whoever gave you the link where it is.`,
      }
  }
}

function path(...parts: readonly string[]): string {
  return `/${parts.map(encodeURIComponent).join('/')}`
}
