import { t } from '@lingui/core/macro'
import type { LinkedPlace, LinkKind } from '../../../contract/shapes/notice.ts'

/** The address of what a link from elsewhere leads to. */
export function pathOfPlace(place: LinkedPlace): string {
  switch (place.kind) {
    case 'run':
      return path('hosts', place.hostId, 'runs', place.runId)
    case 'snapshot':
      return path('hosts', place.hostId, 'repositories', place.repositoryId, 'snapshots', place.snapshotId)
    case 'replica':
      return path('replicas', place.planeId, place.replicaId)
  }
}

/** What is said of a link that leads nowhere here. */
export function notKnownHere(what: LinkKind): { readonly title: string; readonly message: string } {
  const seen = what === 'snapshot' ? t`a host that it can reach` : what === 'run' ? t`a host` : t`a control plane`
  return {
    title: t`The link names a ${what} that this console does not know`,
    message: t`It is shown once ${seen} of this console has it. Ask whoever gave you the link where it is.`,
  }
}

function path(...parts: readonly string[]): string {
  return `/${parts.map(encodeURIComponent).join('/')}`
}
