import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { isFault } from '../../../contract/errors.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { BytesView } from './BytesView.tsx'
import { describeRefusal } from './describe-refusal.ts'
import { EmptyView } from './EmptyView.tsx'
import { ImageView } from './ImageView.tsx'
import classes from './Preview.module.css'
import { TextView } from './TextView.tsx'
import { type FileBeginning, type FilePlace, usePreview } from './use-preview.ts'

export interface PreviewOfProps {
  readonly place: FilePlace
  readonly path: string
  readonly size: number
}

/** A file as what it is, and that looking at it is written down. */
export function PreviewOf({ place, path, size }: PreviewOfProps): ReactElement {
  const host = useHost(place.hostId)
  const { beginning, error, again } = usePreview(place, path, size)
  return (
    <>
      <div className={classes['content']}>
        {beginning !== undefined ? (
          <Shown beginning={beginning} />
        ) : error !== null ? (
          <ErrorState
            description={describeRefusal(error, host?.name ?? place.hostId)}
            {...(isFault(error, 'forbidden') ? {} : { onRetry: again })}
          />
        ) : (
          <LoadingRows label={t`Reading the file`} rows={16} columns="32px minmax(0, 1fr)" />
        )}
      </div>
      <Text
        size="xs"
        c="dimmed"
        className={classes['note'] ?? ''}
      >{t`Looking into a file is recorded in the audit, here and on the host.`}</Text>
    </>
  )
}

function Shown({ beginning }: { readonly beginning: FileBeginning }): ReactElement {
  const { content } = beginning
  switch (content.kind) {
    case 'empty':
      return <EmptyView />
    case 'image':
      return <ImageView beginning={beginning} name={content.name} mediaType={content.mediaType} />
    case 'text':
      return <TextView beginning={beginning} text={content.text} encoding={content.encoding} />
    case 'bytes':
      return <BytesView beginning={beginning} name={content.name} />
  }
}
