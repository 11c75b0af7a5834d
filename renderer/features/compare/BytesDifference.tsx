import { plural, t } from '@lingui/core/macro'
import { Code, Text } from '@mantine/core'
import { useViewportSize } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { type Fact, FactList } from '../../components/FactList.tsx'
import { formatBytes, formatCount } from '../../components/format.ts'
import { contentWords, DRAWABLE_PIXELS, hexDump, imageSize, SCROLLS } from '../preview/index.ts'
import classes from './Difference.module.css'
import type { SideContents } from './file-sides.ts'

export interface BytesSide {
  readonly title: string
  /** Undefined where that side has no such file. */
  readonly contents: SideContents | undefined
}

export interface BytesDifferenceProps {
  readonly sides: readonly BytesSide[]
}

/** What scrolls must be reachable with the keys; the section around it has them first. */
const REACHED = { tabIndex: 0 } as const
/** As much as the drawer takes of a wide window. */
const DRAWER_WIDTH = 1180
/** Bytes of the excerpt that each side shows. */
const EXCERPT = 1024

/** What is no text on all sides: images beside each other, else size, hash and where the first difference is. */
export function BytesDifference({ sides }: BytesDifferenceProps): ReactElement {
  const found = sides.slice(1).map((side, at) => firstDifference(sides[at]?.contents?.bytes, side.contents?.bytes))
  const known = found.filter((from) => from !== null)
  const { width } = useViewportSize()
  const perRow = bytesPerRow(Math.min(DRAWER_WIDTH, width) / sides.length)
  return (
    <section className={classes['halves']} data-sides={sides.length} aria-label={t`All sides`} {...SCROLLS}>
      {sides.map((side, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two sides may be of one moment.
        <Half key={at} {...side} from={known.length === 0 ? null : Math.min(...known)} perRow={perRow} />
      ))}
    </section>
  )
}

/** Bytes of a row of the excerpt, by how many pixels a side has. */
function bytesPerRow(width: number): number {
  if (width === 0 || width >= 550) return 16
  return width >= 340 ? 8 : 4
}

interface HalfProps extends BytesSide {
  /** Where the sides begin to differ. */
  readonly from: number | null
  readonly perRow: number
}

function Half({ title, contents, from, perRow }: HalfProps): ReactElement {
  const hash = useHash(contents)
  if (contents === undefined)
    return (
      <div className={classes['half']}>
        <Text fw={600}>{title}</Text>
        <Text c="dimmed">{t`There is no such file on this side.`}</Text>
      </div>
    )
  const { content, bytes, size, same } = contents
  const start = Math.max(0, Math.floor((from ?? 0) / 16) * 16 - 64)
  const facts: Fact[] = [
    { term: t`Is`, value: contentWords(content) },
    { term: t`Size`, value: `${formatBytes(size)} (${plural(size, { one: '# byte', other: '# bytes' })})` },
    { term: 'SHA-256', value: hash === null ? null : <Code className={classes['hash'] ?? ''}>{hash}</Code> },
    {
      term: t`Content`,
      value: same === null ? null : same ? t`the same as in the snapshot` : t`not that of the snapshot`,
    },
    { term: t`First difference`, value: from === null ? null : t`byte ${formatCount(from)}` },
  ]
  return (
    <div className={classes['half']}>
      <Text fw={600}>{title}</Text>
      <FactList facts={facts} />
      {content.kind === 'image' && <Picture contents={contents} title={title} />}
      {content.kind !== 'image' && (
        <pre className={classes['hex']} role="group" {...REACHED} aria-label={t`The bytes of ${title}`}>
          {hexDump(bytes.subarray(start, start + EXCERPT), start, perRow)}
        </pre>
      )}
    </div>
  )
}

function Picture({
  contents,
  title,
}: {
  readonly contents: SideContents
  readonly title: string
}): ReactElement | null {
  const { content, bytes, base64, size } = contents
  if (content.kind !== 'image') return null
  const pixels = imageSize(bytes, content.mediaType)
  if (bytes.length < size || (pixels !== null && pixels.width * pixels.height > DRAWABLE_PIXELS))
    return <Text c="dimmed">{t`It is too large to be drawn here.`}</Text>
  return (
    <figure className={classes['picture']}>
      <img src={`data:${content.mediaType};base64,${base64}`} alt={`${content.name}, ${title}`} decoding="async" />
      {pixels !== null && (
        <figcaption>{t`${content.name}, ${formatCount(pixels.width)} × ${formatCount(pixels.height)} pixels`}</figcaption>
      )}
    </figure>
  )
}

/** Of a file that was read whole; null for another, and until it is known. */
function useHash(contents: SideContents | undefined): string | null {
  const isWhole = contents !== undefined && contents.bytes.length === contents.size
  const { data } = useQuery({
    queryKey: ['hash of', contents?.base64.length, contents?.base64],
    queryFn: async () => {
      const digest = await crypto.subtle.digest('SHA-256', contents?.bytes ?? new Uint8Array(0))
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
    },
    enabled: isWhole,
    gcTime: 0,
  })
  return isWhole ? (data ?? null) : null
}

/** Where two begin to differ, as far as they were read; null where they do not, or one is missing. */
export function firstDifference(one: Uint8Array | undefined, other: Uint8Array | undefined): number | null {
  if (one === undefined || other === undefined) return null
  const length = Math.min(one.length, other.length)
  for (let at = 0; at < length; at += 1) if (one[at] !== other[at]) return at
  return one.length === other.length ? null : length
}
