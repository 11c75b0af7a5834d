import { useQuery } from '@tanstack/react-query'
import { PREVIEW_LIMIT } from '../../../contract/shapes/preview.ts'
import { useClient } from '../../client/client-context.tsx'
import { type Content, contentOf } from './content.ts'

export const TEXT_LIMIT = 256 * 1024

/** Names that mostly are images: asked for whole at once, so that one look is one entry in the audit. */
const IMAGE_NAME = /\.(png|jpe?g|gif|webp|avif|bmp)$/i

export interface FilePlace {
  readonly hostId: string
  readonly repositoryId: string
  readonly snapshotId: string
}

export interface FileBeginning {
  readonly content: Content
  /** What was read of it. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The same as it came. */
  readonly base64: string
  /** Bytes of the whole file. */
  readonly size: number
}

export interface PreviewedFile {
  /** Undefined until it was read. */
  readonly beginning: FileBeginning | undefined
  readonly error: unknown
  again(): void
}

const EMPTY: FileBeginning = { content: { kind: 'empty' }, bytes: new Uint8Array(0), base64: '', size: 0 }

/** The beginning of a file, read once for as long as it is looked at; nothing of it is kept afterwards. */
export function usePreview(place: FilePlace, path: string, size: number): PreviewedFile {
  const { hostId, repositoryId, snapshotId } = place
  const client = useClient()
  const query = useQuery({
    queryKey: ['preview', hostId, repositoryId, snapshotId, path],
    queryFn: async ({ signal }) => {
      if (size === 0) return EMPTY
      const read = async (limit: number): Promise<FileBeginning> => {
        const preview = await client.preview.read({ hostId, repositoryId, snapshotId, path, limit }, { signal })
        return beginningOf(preview)
      }
      const beginning = await read(IMAGE_NAME.test(path) && size <= PREVIEW_LIMIT ? PREVIEW_LIMIT : TEXT_LIMIT)
      const isCut = beginning.content.kind === 'image' && beginning.bytes.length < beginning.size
      return isCut && beginning.size <= PREVIEW_LIMIT ? await read(PREVIEW_LIMIT) : beginning
    },
    gcTime: 0,
  })
  return { beginning: query.data, error: query.error, again: () => void query.refetch() }
}

function beginningOf({ bytes: base64, size }: { readonly bytes: string; readonly size: number }): FileBeginning {
  const characters = atob(base64)
  const bytes = new Uint8Array(characters.length)
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at)
  return { content: contentOf(bytes, { whole: bytes.length >= size }), bytes, base64, size }
}
