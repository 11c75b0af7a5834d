import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Drawer, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { baseName } from '../../../contract/shapes/file-name.ts'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes } from '../../components/format.ts'
import classes from './Preview.module.css'
import { PreviewOf } from './PreviewOf.tsx'
import type { FilePlace } from './use-preview.ts'

export interface PreviewDrawerProps {
  /** The snapshot that the file is looked at in. */
  readonly place: FilePlace
  /** In the snapshot, with a slash first. */
  readonly path: string
  /** Bytes of the whole file. */
  readonly size: number
  readonly opened: boolean
  onClose(): void
}

/** What is in a file, without restoring it. It is read when the drawer opens, which stands in the audit. */
export function PreviewDrawer({ place, path, size, opened, onClose }: PreviewDrawerProps): ReactElement {
  const bytes = formatBytes(size)
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size="min(920px, 94vw)"
      title={
        <>
          <Text fw={650}>
            <FileName name={baseName(path)} plain />
          </Text>
          <Text size="xs" c="dimmed">
            <Trans>
              {bytes} in <FileName name={path.slice(0, path.lastIndexOf('/')) || '/'} />
            </Trans>
          </Text>
        </>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
      classNames={{ content: classes['drawer'] ?? '', body: classes['body'] ?? '', title: classes['title'] ?? '' }}
      // The page below has keys of its own.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <PreviewOf key={`${place.snapshotId} ${path}`} place={place} path={path} size={size} />
    </Drawer>
  )
}
