import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import { type ReactElement, useEffect, useEffectEvent } from 'react'
import { isFault } from '../../../contract/errors.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import type { RepositoryKey } from '../basket/index.ts'
import { describeRefusal } from '../preview/index.ts'
import { BytesDifference } from './BytesDifference.tsx'
import classes from './Difference.module.css'
import type { DifferenceColumn } from './difference-columns.ts'
import { type ReadSide, useFileSides } from './file-sides.ts'
import { TextDifference } from './TextDifference.tsx'
import { ThreeWayText } from './ThreeWayText.tsx'
import { textOf } from './text-sides.ts'

export interface ContentDifferenceProps {
  readonly place: RepositoryKey
  readonly path: string
  /** Two, or all three. */
  readonly columns: readonly DifferenceColumn[]
  /** The host has compared its file with the snapshot's. */
  onCompared(isSame: boolean): void
}

type Read = DifferenceColumn & ReadSide

/** What a file holds on each side, as what it is there, and that looking at it is written down. */
export function ContentDifference({ place, path, columns, onCompared }: ContentDifferenceProps): ReactElement {
  const read = useFileSides(
    place,
    columns.map(({ isFile, side }) => (isFile === false ? null : side)),
    path,
  )
  const sides = columns.flatMap((column, at): Read[] => {
    const side = read[at]
    return side === undefined ? [] : [{ ...column, ...side }]
  })
  const same = sides.find(({ contents }) => contents !== undefined && contents.same !== null)?.contents?.same ?? null
  const tell = useEffectEvent(onCompared)
  useEffect(() => {
    if (same !== null) tell(same)
  }, [same])
  return (
    <>
      <div className={classes['content']}>
        <All place={place} sides={sides} />
      </div>
      <Text
        size="xs"
        c="dimmed"
        className={classes['note'] ?? ''}
      >{t`Looking into a file is recorded in the audit, here and on the host.`}</Text>
    </>
  )
}

function All({ place, sides }: { readonly place: RepositoryKey; readonly sides: readonly Read[] }): ReactElement {
  const host = useHost(place.hostId)
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
    return <LoadingRows label={t`Reading all sides`} rows={14} columns={sides.map(() => '1fr').join(' ')} />
  if (sides.every(({ contents }) => contents === undefined))
    return <EmptyState title={t`No side has a file here`}>{t`There is nothing to compare.`}</EmptyState>
  const texts = sides.flatMap(({ contents, title }) => textOf(contents, title) ?? [])
  const [first, second, third] = texts
  if (first === undefined || second === undefined || texts.length < sides.length)
    return <BytesDifference sides={sides.map(({ title, contents }) => ({ title, contents }))} />
  if (third !== undefined) return <ThreeWayText texts={[first, second, third]} />
  return <TextDifference before={first} after={second} />
}
