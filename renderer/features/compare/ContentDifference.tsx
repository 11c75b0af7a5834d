import { Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { isFault } from '../../../contract/errors.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import type { RepositoryKey } from '../basket/index.ts'
import { describeRefusal } from '../preview/index.ts'
import { BytesDifference } from './BytesDifference.tsx'
import classes from './Difference.module.css'
import type { DifferenceColumn } from './DifferenceDrawer.tsx'
import { type ReadSide, type SideContents, useFileSide } from './file-sides.ts'
import { TextDifference, type TextSide } from './TextDifference.tsx'

export interface ContentDifferenceProps {
  readonly place: RepositoryKey
  readonly path: string
  readonly before: DifferenceColumn
  readonly after: DifferenceColumn
}

/** What a file holds on both sides, as what it is there, and that looking at it is written down. */
export function ContentDifference({ place, path, before, after }: ContentDifferenceProps): ReactElement {
  const left = useFileSide(place, before.isFile === false ? null : before.side, path)
  const right = useFileSide(place, after.isFile === false ? null : after.side, path)
  return (
    <>
      <div className={classes['content']}>
        <Both place={place} before={{ ...before, ...left }} after={{ ...after, ...right }} />
      </div>
      <Text size="xs" c="dimmed" className={classes['note'] ?? ''}>
        Looking into a file is written down in the audit, here and on the host.
      </Text>
    </>
  )
}

type Read = DifferenceColumn & ReadSide

function Both({
  place,
  before,
  after,
}: {
  readonly place: RepositoryKey
  readonly before: Read
  readonly after: Read
}): ReactElement {
  const host = useHost(place.hostId)
  const sides = [before, after]
  const failed = sides.find(({ error, isFile }) => error !== null && !(isFile === null && isFault(error, 'not_found')))
  if (failed !== undefined)
    return (
      <ErrorState
        description={describeRefusal(failed.error, host?.name ?? place.hostId)}
        {...(isFault(failed.error, 'forbidden') ? {} : { onRetry: failed.again })}
      />
    )
  const isMissing = ({ isFile, error }: Read): boolean => isFile === false || error !== null
  if (sides.some((side) => !isMissing(side) && side.contents === undefined))
    return <LoadingRows label="Reading both sides" rows={14} columns="1fr 1fr" />
  const missing = sides.find(isMissing)
  const [left, right] = [before.contents, after.contents]
  if (missing !== undefined && left === undefined && right === undefined)
    return <EmptyState title="Neither side has a file here">There is nothing to compare.</EmptyState>
  const texts = [textOf(left, before.title), textOf(right, after.title)]
  const [leftText = null, rightText = null] = texts
  if (leftText !== null && rightText !== null) return <TextDifference before={leftText} after={rightText} />
  return (
    <BytesDifference before={{ title: before.title, contents: left }} after={{ title: after.title, contents: right }} />
  )
}

/** A side's text; of a side that has no such file, and of an empty file, none at all. */
function textOf(contents: SideContents | undefined, title: string): TextSide | null {
  if (contents === undefined) return { contents: NOTHING, text: '', encoding: 'none', title }
  const { content } = contents
  if (content.kind === 'empty') return { contents, text: '', encoding: 'none', title }
  return content.kind === 'text' ? { contents, text: content.text, encoding: content.encoding, title } : null
}

const NOTHING: SideContents = {
  content: { kind: 'empty' },
  bytes: new Uint8Array(0),
  base64: '',
  size: 0,
  same: null,
}
