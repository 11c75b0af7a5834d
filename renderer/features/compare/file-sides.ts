import { useQueries } from '@tanstack/react-query'
import { PREVIEW_LIMIT } from '../../../contract/shapes/preview.ts'
import { useClient } from '../../client/client-context.tsx'
import type { RepositoryKey } from '../basket/index.ts'
import { type Content, contentOf } from '../preview/index.ts'
import { NOW } from './sides.ts'

/** Bytes of a text that is compared line by line. */
export const TEXT_LIMIT = 2 ** 20

/** Names that mostly are images: asked for whole at once, so that one look is one entry in the audit. */
const IMAGE_NAME = /\.(png|jpe?g|gif|webp|avif|bmp)$/i

/** Where a side's file is: in a snapshot, or on the host now, where the snapshot says which path is meant. */
export interface FileSide {
  readonly snapshotId: string
  readonly at: 'snapshot' | typeof NOW
}

/** A file as one side has it. */
export interface SideContents {
  readonly content: Content
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly base64: string
  /** Bytes of the whole file. */
  readonly size: number
  /** Of the host now: whether it holds what the snapshot's does; null where that was not compared. */
  readonly same: boolean | null
}

export interface ReadSide {
  readonly contents: SideContents | undefined
  readonly error: unknown
  again(): void
}

/**
 * The beginning of a file on each side, read while it is looked at; nothing of it is kept afterwards. Not read where a side
 * is null.
 */
export function useFileSides(place: RepositoryKey, sides: readonly (FileSide | null)[], path: string): ReadSide[] {
  const { hostId, repositoryId } = place
  const client = useClient()
  const read = useQueries({
    queries: sides.map((side, at) => ({
      queryKey: ['compared file', hostId, repositoryId, side?.snapshotId ?? at, side?.at, path],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<SideContents> => {
        const limit = IMAGE_NAME.test(path) ? PREVIEW_LIMIT : TEXT_LIMIT
        const asked = { hostId, repositoryId, snapshotId: side?.snapshotId ?? '', path, limit }
        if (side?.at === NOW) return sideOf(await client.compare.liveContents({ ...asked, compare: true }, { signal }))
        return sideOf({ ...(await client.preview.read(asked, { signal })), same: null })
      },
      enabled: side !== null,
      gcTime: 0,
    })),
  })
  return read.map(({ data, error, refetch }) => ({ contents: data, error, again: () => void refetch() }))
}

interface Read {
  readonly bytes: string
  readonly size: number
  readonly same: boolean | null
}

function sideOf({ bytes: base64, size, same }: Read): SideContents {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  return { content: contentOf(bytes, { whole: bytes.length >= size }), bytes, base64, size, same }
}
