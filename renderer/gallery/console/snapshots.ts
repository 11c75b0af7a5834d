import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { hexId, scramble } from './ids.ts'
import { before } from './moments.ts'
import { ROOT_TREE } from './tree.ts'

const GIB = 1024 ** 3

/** The one the deep links of the gallery point to: the newest of db-01. */
export const NEWEST_SNAPSHOT = hexId('snapshot:db-01:0')

/** `count` nightly snapshots of a repository, newest first, with weekly and hand-made ones among them. */
export function nightlySnapshots(repositoryId: string, count: number): Snapshot[] {
  return Array.from({ length: count }, (_, night) => {
    const luck = scramble(`${repositoryId}:${night}`)
    const paths = night % 7 === 3 ? ['/etc', '/srv', '/var/lib/postgresql'] : ['/etc', '/srv']
    const old = night > count * 0.9
    return {
      id: hexId(`snapshot:${repositoryId}:${night}`),
      time: before({ days: night, hours: 12, minutes: 5, seconds: luck % 90 }).replace('Z', '+00:00'),
      hostname: repositoryId.replace(/-offsite$/, ''),
      username: 'root',
      paths,
      tags: tagsOf(night, luck),
      treeId: ROOT_TREE,
      files: old ? null : 2_841_097 - night * 37 - (luck % 30),
      bytes: old ? null : Math.round((414 - night * 0.11) * GIB) + luck,
    }
  })
}

function tagsOf(night: number, luck: number): string[] {
  if (luck % 41 === 0) return ['before-upgrade', 'keep']
  return night % 7 === 3 ? ['nightly', 'weekly'] : ['nightly']
}
